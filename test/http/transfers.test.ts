/** A call is handed to another agent: what may be published, what the next agent is told, and what the record and the webhooks say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentJob, AgentJobSuccessor } from '../../sdk/wire/agent-job.js';
import type { LiveCallEvent } from '../../sdk/backend/index.js';
import type { Agent, AgentVersion, VersionSettings } from '../../sdk/wire/agent.js';
import type { WebhookEvent } from '../../sdk/wire/webhook.js';
import type { WebhookRequest } from '../../server/domain/ports/webhook-sender.js';
import { waitFor } from '../support/wait-for.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
/** Each may hand over to the next one; the last one has nobody. */
let desk: string;
let workshop: string;
let quiet: string;
const sent: WebhookEvent[] = [];
let dialogue: VersionSettings['dialogue'];

const transferTo = (...ids: string[]): VersionSettings['functions'] => [
  {
    type: 'call_transfer',
    name: 'hand_over',
    description: 'Hands the caller over.',
    config: { agents: ids.map((agent_id) => ({ agent_id, description: 'Repairs.' })) },
  },
];

async function make(title: string, settings: Partial<VersionSettings>): Promise<string> {
  const made = await real.api('POST', '/v1/agents', { title, settings: { dialogue, ...settings } });
  expect(made.status).toBe(201);
  return (made.body as Agent).id;
}
const publish = (agentId: string, number = 1, headers?: object) =>
  real.api('POST', `/v1/agents/${agentId}/versions/${number}/publish`, {}, headers);

async function made(title: string, settings: Partial<VersionSettings>): Promise<string> {
  const id = await make(title, settings);
  expect(await publish(id)).toMatchObject({ status: 200 });
  return id;
}

beforeAll(async () => {
  const send = ({ body }: WebhookRequest) => {
    sent.push(JSON.parse(body) as WebhookEvent);
    return Promise.resolve({ status: 200, body: '', error: null, durationMs: 1 });
  };
  const webhooks = { allowsPrivate: true, send };
  real = await realApp({}, { webhooks });
  const demo = await real.api('GET', `/v1/agents/${real.first.agent_id}/versions/1`);
  ({ dialogue } = (demo.body as AgentVersion).settings);
  quiet = await made('Quiet', { opt_out_sensitive_data_storage: true });
  workshop = await made('Workshop', {
    prompt: 'You are {{agent_name}}. The order is {{order_id}}, the caller {{caller}}.',
    functions: transferTo(quiet),
  });
  desk = await made('Desk', { functions: transferTo(workshop) });
});
afterAll(() => real.close());

async function answered(more: object = {}) {
  const { body: grant } = await real.createCall({ agent_id: desk, ...more });
  const token = await real.media.agentToken(real.roomOf(grant));
  const path = `/v1/agent-jobs/${grant.call_id}`;
  const claim = await real.api('POST', `${path}/claim`, {}, { authorization: `Bearer ${token}` });
  const { job_token } = claim.body as AgentJob;
  const headers = { authorization: `Bearer ${job_token}` };
  let seq = 0;
  return {
    callId: grant.call_id,
    join: () => real.joinCaller(grant),
    ask: (agent_id: string, more: object = {}) =>
      real.api('POST', `${path}/transfer`, { agent_id, ...more }, headers),
    report: async (...events: object[]) => {
      const at = real.clock.now().toISOString();
      const numbered = events.map((event) => ({
        seq: (seq += 1),
        ...('turn_id' in event ? {} : { at }),
        ...event,
      }));
      const answer = await real.api('POST', `${path}/events`, { events: numbered }, headers);
      expect(answer.status).toBe(200);
    },
    hangUp: () =>
      real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, headers),
    read: () => real.readCall(grant.call_id),
  };
}

const partyOf = ({ settings: _s, fallbacks: _f, variables: _v, ...party }: AgentJobSuccessor) =>
  party;

describe('publishing', () => {
  it('wants a published version of every agent that a call may be handed to', async () => {
    const unborn = await make('Unborn', {});
    const both = await make('Both', { functions: transferTo(workshop, unborn) });
    const refused = await publish(both);
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect((refused.body as { message: string }).message).toContain(
      `functions[0].config.agents[1]: no published version of ${unborn}`,
    );
    expect(await publish(unborn)).toMatchObject({ status: 200 });
    expect(await publish(both)).toMatchObject({ status: 200 });
  });

  it('refuses a dialogue that transfers to an agent that no function names', async () => {
    if (!dialogue) throw new Error('no dialogue');
    const [first, ...rest] = dialogue.intents;
    const intents = [{ ...first, action: 'call_transfer', transfer_to: quiet }, ...rest];
    const lost = await make('Lost', {
      functions: transferTo(workshop),
      dialogue: { ...dialogue, intents } as VersionSettings['dialogue'],
    });
    expect(await publish(lost)).toMatchObject({ status: 400 });
  });

  it('wants words for a function that speaks while it works', async () => {
    const config = { url: 'https://a.example/x', method: 'GET', parameters: {} } as const;
    const custom = { type: 'custom', name: 'find', description: '' } as const;
    const silent = { ...config, speak_during_execution: true };
    const id = await make('Mute', { functions: [{ ...custom, config: silent }] });
    const refused = await publish(id);
    expect((refused.body as { message: string }).message).toContain('holding_message: needed');
  });
});

describe('a transfer', () => {
  it('answers the newest published version with the variables of the call and of its functions', async () => {
    const { ask } = await answered({ variables: { caller: 'Ann' } });
    const { status, body } = await ask(workshop, { variables: { order_id: 'R-17' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      agent_id: workshop,
      agent_name: 'Workshop',
      agent_version_number: 1,
      settings: { prompt: 'You are Workshop. The order is R-17, the caller Ann.' },
      variables: { agent_name: 'Workshop', order_id: 'R-17' },
      fallbacks: { llm: null },
    });
  });

  it('stands on the record with both agents and why, and webhooks are owed', async () => {
    const hook = await real.api('POST', '/v1/webhooks', {
      url: 'http://127.0.0.1:9/hook',
      events: ['transfer_completed'],
    });
    const { ask, report, read, callId } = await answered();
    const next = (await ask(workshop)).body as AgentJobSuccessor;
    const gone = { agent_id: 'agent_gone' };
    await report(
      { type: 'transfer', to: partyOf(next), reason: 'A repair.', status: 'completed' },
      { type: 'transfer', from: partyOf(next), to: gone, status: 'failed', error: 'gone' },
    );
    const { transfers, timeline } = await read();
    expect(transfers).toMatchObject([
      { from: { agent_id: desk }, to: partyOf(next), reason: 'A repair.', status: 'completed' },
      { from: { agent_id: workshop }, to: gone, status: 'failed', error: 'gone' },
    ]);
    const rows = timeline.map(({ type }) => type);
    expect(rows).toEqual(expect.arrayContaining(['call_transferred', 'transfer_failed']));
    const { id } = hook.body as { id: string };
    const owed = await real.api('GET', `/v1/webhooks/${id}/deliveries?call_id=${callId}`);
    expect(owed.body).toMatchObject({
      data: [{ event_type: 'transfer_completed' }, { event_type: 'transfer_completed' }],
    });
    await real.domain.deliverWebhooks();
    const told = await waitFor(() => sent.find((one) => one.event_type === 'transfer_completed'));
    expect(told.payload).toMatchObject({
      call: { id: callId },
      call_transfer: { destination: 'Workshop', destination_id: workshop, status: 'completed' },
    });
  });

  it('tells of each turn which agent spoke, in every form of the transcript', async () => {
    const { ask, report, read, hangUp, callId } = await answered();
    const next = (await ask(workshop)).body as AgentJobSuccessor;
    const said = (turn_id: string, role: 'agent' | 'user') => {
      real.clock.at += 1_000;
      const at = real.clock.now().toISOString();
      return { type: 'turn', turn_id, role, content: turn_id, started_at: at, ended_at: at };
    };
    await report(said('desk speaks', 'agent'), said('caller asks', 'user'));
    await report({ type: 'transfer', to: { agent_id: quiet }, status: 'failed', error: 'gone' });
    await report(said('desk again', 'agent'));
    real.clock.at += 1_000;
    await report({ type: 'transfer', to: partyOf(next), status: 'completed' });
    await report(said('workshop speaks', 'agent'));
    expect((await read()).transcript.map(({ agent_id }) => agent_id)).toEqual([
      desk,
      null,
      desk,
      workshop,
    ]);
    const text = async (path: string) =>
      (await real.request(path, { headers: real.secret })).text();
    real.clock.at += 1_000;
    await hangUp();
    real.clock.at += 5_000;
    const events = (await text(`/v1/calls/${callId}/live`))
      .split('\n')
      .filter((line) => line.startsWith('data: '));
    const turns = events.map((line) => JSON.parse(line.slice(6)) as LiveCallEvent);
    const spoken = turns.flatMap((one) => (one.type === 'turn' ? [one.turn.agent_id] : []));
    expect(spoken).toEqual([desk, null, desk, workshop]);
    for (const format of ['txt', 'srt']) {
      const shown = await text(`/v1/calls/${callId}/transcript?format=${format}`);
      expect(shown).toContain('Agent (Desk): desk again');
      expect(shown).toContain('Agent (Workshop): workshop speaks');
      expect(shown).toContain('Caller: caller asks');
    }
    const vtt = await text(`/v1/calls/${callId}/transcript?format=vtt`);
    expect(vtt).toContain('<v Agent (Workshop)>workshop speaks');
    const exported = await text(`/v1/calls/export?format=ndjson&columns=id,transcript`);
    const row = exported.split('\n').find((line) => line.includes(callId)) ?? '';
    expect((JSON.parse(row) as { transcript: string }).transcript).toBe(
      'Agent (Desk): desk speaks\nUser: caller asks\nAgent (Desk): desk again\nAgent (Workshop): workshop speaks',
    );
  });

  it('may go on from an agent that the call was handed to, and no further than its functions name', async () => {
    const { ask, report } = await answered();
    expect(await ask(quiet)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const next = (await ask(workshop)).body as AgentJobSuccessor;
    await report({ type: 'transfer', to: partyOf(next), status: 'completed' });
    expect(await ask(quiet)).toMatchObject({ status: 200, body: { agent_name: 'Quiet' } });
    for (const id of [real.first.agent_id, 'agent_none']) {
      expect(await ask(id)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('keeps nothing more of what is said to an agent that stores nothing', async () => {
    const { ask, report, read } = await answered();
    const said = (turn_id: string) => {
      const at = real.clock.now().toISOString();
      const times = { started_at: at, ended_at: at };
      return { type: 'turn', turn_id, role: 'user', content: turn_id, ...times };
    };
    const next = (await ask(workshop)).body as AgentJobSuccessor;
    await report(said('kept'), { type: 'transfer', to: partyOf(next), status: 'completed' });
    await ask(quiet);
    await report(said('secret'));
    expect((await read()).transcript.map(({ content }) => content)).toEqual(['kept']);
  });

  it('lasts as long as the next agent may, counted from the start of the call, and is refused to one whose time is over', async () => {
    const patient = await made('Patient', { max_call_duration_sec: 900 });
    const brief = await made('Brief', { max_call_duration_sec: 60 });
    const hub = await made('Hub', { functions: transferTo(patient, brief) });
    const { ask, read, join, report } = await answered({ agent_id: hub });
    await join();
    await report({ type: 'answered' });
    real.clock.at += 61_000;
    const refused = await ask(brief);
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((refused.body as { message: string }).message).toContain('the 60 seconds');
    expect(await ask(patient)).toMatchObject({ status: 200 });
    real.clock.at += 800_000;
    await real.domain.closeDueCalls();
    expect(await read()).toMatchObject({ end_reason: null });
    real.clock.at += 50_000;
    await real.domain.closeDueCalls();
    expect(await read()).toMatchObject({ end_reason: 'max_duration_reached' });
  });

  it('is told of a hundred times at most, however many an agent reports', async () => {
    const hook = await real.api('POST', '/v1/webhooks', {
      url: 'https://example.com/many',
      events: ['transfer_completed'],
    });
    const { id } = hook.body as { id: string };
    const { report, read, callId } = await answered();
    const one = { type: 'transfer', to: { agent_id: workshop }, status: 'completed' };
    await report(...Array.from({ length: 99 }, () => one));
    await report(...Array.from({ length: 50 }, () => one));
    await report(one);
    expect((await read()).transfers).toHaveLength(100);
    const query = `call_id=${callId}&event_type=transfer_completed&limit=100`;
    const owed = await real.api('GET', `/v1/webhooks/${id}/deliveries?${query}`);
    const page = owed.body as { data: object[]; next_cursor: string | null };
    expect([page.data.length, page.next_cursor]).toEqual([100, null]);
    await real.api('DELETE', `/v1/webhooks/${id}`);
  });

  it('is refused the eleventh time, after the end, and to whoever has no job', async () => {
    const { ask, report, hangUp, callId } = await answered();
    const next = (await ask(workshop)).body as AgentJobSuccessor;
    const done = { type: 'transfer', to: partyOf(next), status: 'completed' };
    await report(...Array.from({ length: 9 }, () => done));
    await report({ ...done, status: 'failed' });
    expect(await ask(workshop)).toMatchObject({ status: 200 });
    await report(done);
    expect(await ask(workshop)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await hangUp();
    expect(await ask(workshop)).toMatchObject({ body: { code: 'call_already_ended' } });
    const path = `/v1/agent-jobs/${callId}/transfer`;
    const stranger = { authorization: 'Bearer dnx_job_none' };
    const refused = await real.api('POST', path, { agent_id: workshop }, stranger);
    expect(refused).toMatchObject({ status: 401, body: { code: 'token_invalid' } });
  });
});
