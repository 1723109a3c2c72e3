/** The backend client against the real app: it has a method for every operation of the document, and each one works. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BackendClient, RestError, openAgentJobs } from '../../sdk/backend/index.js';
import type { ListCallsFilter } from '../../sdk/backend/index.js';
import { patternOf } from '../support/check-answer.js';
import { waitFor } from '../support/wait-for.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import { HOME, realApp, type RealApp } from '../support/real-app.js';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
}
type Paths = Record<string, Record<string, Operation>>;

/** What nobody but LiveKit can sign, and what a page asks for. */
const NOT_OURS = [
  'getV1Widget',
  'postLivekitWebhook',
  'postV1WebCallsCallIdClientReport',
  'postV1WebCallsCallIdFeedback',
  'postV1WebCallsCallIdResume',
  'postV1WebCallsPreflight',
  'putV1WebCallsCallIdClientReport',
];
const METRICS_TOKEN = 'a-token-for-figures';

let real: RealApp;
let paths: Paths;
let backend: BackendClient;
/** Operations that were answered well. */
const done = new Set<string>();

beforeAll(async () => {
  const health = {
    checks: () => Promise.resolve({ database: { ok: true } }),
    count: () => Promise.resolve({ calls: { completed: 1 }, failedRemovals: 0 }),
    metricsToken: METRICS_TOKEN,
  };
  real = await realApp({ health });
  paths = ((await (await real.request('/openapi.json')).json()) as { paths: Paths }).paths;
  const { secret_key: secretKey } = real.first;
  backend = new BackendClient({ serverUrl: HOME, secretKey, retries: 0, fetch: answer });
});
afterAll(() => real.close());

const answer: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const { pathname } = new URL(request.url);
  const response = await real.app.fetch(request);
  if (response.ok) done.add(operationOf(request.method, pathname).operationId);
  return response;
};

function operationOf(method: string, pathname: string): Operation {
  const fitting = Object.keys(paths).filter((known) => patternOf(known).test(pathname));
  // What is named comes before what stands for any name.
  const path = fitting.find((known) => known === pathname) ?? fitting[0];
  const operation = path && paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${pathname} is not in the document`);
  return operation;
}

async function taken<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

it('makes an agent, its versions and keys', async () => {
  const { agents, apiKeys } = backend;
  const agent = await agents.create({ title: 'Shop', settings: { welcome_message: 'Hello.' } });
  expect(await agents.update(agent.id, { title: 'Workshop' })).toMatchObject({ title: 'Workshop' });
  expect(await agents.get(agent.id)).toMatchObject({ id: agent.id, title: 'Workshop' });
  expect((await agents.list({ limit: 1 })).data).toHaveLength(1);
  const titles = (await taken(agents.all({ limit: 1 }))).map(({ title }) => title);
  expect(titles).toHaveLength(2);
  expect(titles).toContain('Workshop');

  const { versions } = agents;
  const draft = await versions.get(agent.id, 1);
  const { dialogue } = (await versions.list(real.first.agent_id)).data[0]?.settings ?? {};
  await versions.update(agent.id, 1, { prompt: 'Be kind.', dialogue: dialogue ?? null });
  const published = await versions.publish(agent.id, 1, { version_title: 'First' });
  expect(published).toMatchObject({ id: draft.id, is_published: true, version_title: 'First' });
  await versions.update(agent.id, 2, { welcome_message: 'Good day.' });
  const numbers = (await taken(versions.all(agent.id, { limit: 1 }))).map((v) => v.version_number);
  expect(numbers).toEqual([2, 1]);
  expect(await agents.diff(agent.id, 1, 2)).toMatchObject({
    changes: [{ path: 'welcome_message', before: 'Hello.', after: 'Good day.' }],
  });

  const key = await apiKeys.create({ name: 'Backend', kind: 'secret' });
  expect(key.key).toMatch(/^dnx_sk_/);
  expect(await apiKeys.update(key.id, { name: 'Old backend' })).toMatchObject({
    name: 'Old backend',
  });
  expect(await apiKeys.revoke(key.id)).toMatchObject({ id: key.id, name: 'Old backend' });
  const names = (await taken(apiKeys.all({ limit: 1 }))).map(({ name }) => name);
  expect(names).toContain('Old backend');
});

it('starts a call, answers it as an agent, ends it and reads what is left of it', async () => {
  const { calls } = backend;
  const grant = await calls.create({ agent_id: real.first.agent_id, variables: { name: 'Ann' } });
  const jobs = openAgentJobs({ serverUrl: HOME, callId: grant.call_id, fetch: answer });
  const livekitToken = await real.media.agentToken(real.roomOf(grant));
  expect(await jobs.isOpen(livekitToken)).toBe(true);
  const { job_token: jobToken, variables, server_time: at } = await jobs.claim(livekitToken);
  expect(variables).toMatchObject({ name: 'Ann' });
  // Its own worker may have died meanwhile.
  expect(await jobs.isOpen(livekitToken)).toBe(true);
  const another = await real.media.agentToken(real.roomOf(grant), 'agent-2');
  expect(await jobs.isOpen(another)).toBe(false);
  const about = { sampleRate: 16_000, startedAt: new Date(real.clock.at) };
  expect(await jobs.putRecording(jobToken, 0, new Uint8Array(64_000), about)).toEqual({
    next_seq: 1,
  });
  await jobs.reportEvents(jobToken, [{ seq: 1, type: 'answered', at }]);
  real.clock.at += 1_000;
  const [listed] = (await calls.list({ status: ['created', 'received'] })).data;
  expect(listed?.id).toBe(grant.call_id);

  const ended = await calls.terminate(grant.call_id);
  expect(ended.end_reason).toBe('terminated_by_api');
  expect(await jobs.reportOutcome(jobToken, { end_reason: 'agent_disconnected' })).toEqual(ended);
  expect(await calls.readEnd(grant.call_id, grant.call_token)).toEqual(ended);
  const call = await calls.get(grant.call_id);
  expect(await calls.transcript(grant.call_id)).toMatchObject({ transcript: call.transcript });
  expect(await calls.transcriptAs(grant.call_id, 'vtt')).toMatch(/^WEBVTT\n/);
  expect(await calls.timeline(grant.call_id)).toMatchObject({ timeline: call.timeline });
  expect(await calls.recording(grant.call_id)).toMatchObject({ status: call.recording.status });
  expect(await taken(calls.all({ limit: 1 }))).toHaveLength(1);
  expect(await calls.analyze(call.id)).toEqual({ call_id: call.id, status: 'queued' });
  expect(await taken(calls.analyzeAll({ limit: 1 }))).toEqual([call.id]);
});

it('counts calls, and exports them as rows and as a file', async () => {
  const { calls } = backend;
  const { data, total } = await calls.list({ count: true });
  expect(total).toBe(data.length);
  const figures = await calls.statistics({ interval: 'hour', time_zone: 'Europe/Berlin' });
  expect(figures.total.calls).toBe(total);
  const rows = await taken(calls.export({ columns: ['status', 'variables.name'] }));
  expect(rows).toEqual([{ status: data[0]?.status, 'variables.name': 'Ann' }]);
  const file = await calls.exportFile({ bom: true, columns: ['id'] });
  expect(await file.text()).toBe(`id\r\n${data[0]?.id}\r\n`);
});

it('fetches a recording, whole and in part', async () => {
  const { data } = await backend.calls.list();
  const [call] = data;
  const whole = await backend.calls.download(call?.id ?? '');
  const bytes = await whole.text();
  expect(bytes.slice(0, 4)).toBe('RIFF');
  const part = await backend.calls.download(call?.id ?? '', { range: 'bytes=0-3' });
  expect([part.status, await part.text()]).toEqual([206, 'RIFF']);
});

it('hands a call to another agent', async () => {
  const { calls, agents } = backend;
  const { settings } = await agents.versions.get(real.first.agent_id, 1);
  const next = { agent_id: real.first.agent_id, description: 'Repairs.' };
  const handOver = {
    type: 'call_transfer' as const,
    ...{ name: 'hand_over', description: 'Hands the caller over.', config: { agents: [next] } },
  };
  const { dialogue } = settings;
  const desk = await agents.create({
    title: 'Desk',
    settings: { dialogue, functions: [handOver] },
  });
  await agents.versions.publish(desk.id, 1);
  const grant = await calls.create({ agent_id: desk.id });
  const jobs = openAgentJobs({ serverUrl: HOME, callId: grant.call_id, fetch: answer });
  const { job_token } = await jobs.claim(await real.media.agentToken(real.roomOf(grant)));
  const successor = await jobs.transfer(job_token, { agent_id: next.agent_id });
  expect(successor).toMatchObject({ agent_id: next.agent_id });
  await calls.terminate(grant.call_id);
});

it('follows a call to its end, erases what was said, and tells who did', async () => {
  const { calls, privacy } = backend;
  const { call_id: callId } = await calls.create({ agent_id: real.first.agent_id });
  await calls.terminate(callId);
  real.clock.at += 60_000;
  expect((await taken(calls.live(callId))).at(-1)).toMatchObject({ type: 'ended' });
  expect(await calls.eraseSensitiveData(callId)).toMatchObject({ sensitive_delete: true });
  const entries = await taken(privacy.audit({ call_id: callId, limit: 1 }));
  expect(entries.map(({ action }) => action)).toContain('sensitive_data_erased');
  expect((await privacy.listAudit({ limit: 1 })).data).toHaveLength(1);
  const retention = { recording_days: 30 };
  expect(await privacy.updateWorkspace({ retention })).toMatchObject({ retention });
  expect(await privacy.workspace()).toMatchObject({ retention });
});

it('starts a call for a front end of LiveKit, on behalf of a page', async () => {
  const { agent_id: agentName, publishable_key: publishableKey } = real.first;
  const request = { room_config: { agents: [{ agent_name: agentName }] } };
  const grant = await backend.livekit.createToken(request, { publishableKey, origin: HOME });
  expect(grant.server_url).toBe('ws://livekit.example');
});

it('registers a webhook, and tells what was delivered', async () => {
  const { webhooks } = backend;
  const receiver = await startWebhookReceiver();
  const hook = await webhooks.create({ url: receiver.url, description: 'CRM' });
  expect(hook.secret).toMatch(/^whsec_/);
  expect(await webhooks.update(hook.id, { events: ['call_ended'] })).toMatchObject({
    events: ['call_ended'],
  });
  expect(await webhooks.test(hook.id)).toMatchObject({ is_success: true, response_status: 200 });
  expect((await webhooks.rotate(hook.id)).secrets_valid).toBe(2);
  expect(await webhooks.pause(hook.id)).toMatchObject({ status: 'paused' });
  const { call_id: callId } = await backend.calls.create({ agent_id: real.first.agent_id });
  await backend.calls.terminate(callId);
  expect(await webhooks.resume(hook.id)).toMatchObject({ status: 'active' });
  real.clock.at = Date.now() + 1_000;
  const delivered = async () => {
    await real.domain.deliverWebhooks();
    return (await webhooks.deliveries(hook.id, { status: 'delivered' })).data[0];
  };
  const { id } = await waitFor(delivered);
  const { request } = await webhooks.delivery(hook.id, id);
  expect(request?.body).toBe(receiver.events()[0]?.body);
  expect(await webhooks.redeliver(hook.id, id)).toMatchObject({ parent_delivery_id: id });
  const start_date = new Date(0).toISOString();
  expect(await webhooks.redeliverAll(hook.id, { start_date, status: ['delivered'] })).toEqual({
    count: 1,
  });
  expect(await taken(webhooks.allDeliveries(hook.id, { limit: 1 }))).toHaveLength(3);
  expect(await taken(webhooks.all({ limit: 1 }))).toHaveLength(1);
  expect(await webhooks.get(hook.id)).toMatchObject({ description: 'CRM' });
  await webhooks.delete(hook.id);
  expect((await webhooks.list()).data).toEqual([]);
  await receiver.close();
});

it('knows how the server is', async () => {
  await backend.health.live();
  expect(await backend.health.ready()).toMatchObject({ status: 'ready' });
  expect(await backend.health.metrics({ token: METRICS_TOKEN })).toContain('dialnexa_calls');
});

it('takes every filter that the list of calls has', () => {
  const several = { type: [], call_direction: [], status: [], end_reason: [], sentiment: [] };
  const analysis = { analysis: [] };
  const ids = { call_id: '', agent_id: '', agent_version_id: '', agent_version_name: '' };
  const filter: Required<ListCallsFilter> = {
    ...{ ...several, ...analysis, ...ids, limit: 1, cursor: '', start_date: '', end_date: '' },
    ...{ duration_min: 0, duration_max: 0, duration_greater_than: 0, duration_less_than: 0 },
    ...{ latency_min: 0, latency_max: 0, cost_min: 0, cost_max: 0, finding: '', origin: '' },
    ...{ q: '', entry_point: [], count: true, sort_by: 'duration', sort_order: 'asc' },
  };
  const { parameters = [] } = operationOf('GET', '/v1/calls');
  const known = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  expect(Object.keys(filter).sort()).toEqual(known.sort());
});

it('works as docs/backend.md says, which names every method', async () => {
  const page = readFileSync(new URL('../../docs/backend.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\nimport .*\n([^`]*)```/.exec(page) ?? [];
  const said: unknown[][] = [];
  const env = { DIALNEXA_SERVER_URL: HOME, DIALNEXA_SECRET_KEY: real.first.secret_key };
  class Client extends BackendClient {
    constructor(options: ConstructorParameters<typeof BackendClient>[0]) {
      super({ ...options, fetch: answer });
    }
  }
  const world = {
    BackendClient: Client,
    RestError,
    process: { env },
    console: { log: (...words: unknown[]) => said.push(words) },
  };
  const body = `return (async () => {${code}})()`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function(...Object.keys(world), body) as (...all: unknown[]) => Promise<void>;
  await run(...Object.values(world));
  expect(said).toEqual([
    [expect.stringMatching(/^call_/), 'cancelled', 'terminated_by_api'],
    [404, 'not_found', expect.any(String)],
  ]);
  const { calls, agents, apiKeys, webhooks, livekit, health } = backend;
  const { privacy } = backend;
  const groups = [calls, agents, agents.versions, apiKeys, webhooks, privacy, livekit, health];
  const methods = groups.flatMap((group) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(group) as object),
  );
  const isNamed = (name: string) => new RegExp(`\\.${name}\\b`).test(page);
  expect(methods.filter((name) => name !== 'constructor' && !isNamed(name))).toEqual([]);
});

it('has a method for every operation, all of which worked above', () => {
  const all = Object.values(paths).flatMap((path) => Object.values(path));
  const missing = all.map(({ operationId }) => operationId).filter((id) => !done.has(id));
  expect(missing.sort()).toEqual(NOT_OURS);
});
