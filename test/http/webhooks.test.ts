/** Webhooks by the front door: registered over REST, owed by calls, received and checked on loopback. */
import { decodeJwt } from 'jose';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAnalyst } from '../../server/analysis/create-analyst.js';
import { verifyWebhook } from '../../sdk/backend/index.js';
import { realApp } from '../support/real-app.js';
import { waitFor } from '../support/wait-for.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import type { CreatedWebhook, Webhook, WebhookDelivery } from '../../sdk/backend/index.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';
import type { Received, WebhookReceiver } from '../support/webhook-receiver.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let real: RealApp;
let receiver: WebhookReceiver;
let hook: CreatedWebhook;
let events = 0;

beforeAll(async () => {
  real = await realApp({}, { analyst: createAnalyst(null) });
});
afterAll(() => real.close());

beforeEach(async () => {
  receiver = await startWebhookReceiver();
  hook = await register();
});
afterEach(async () => {
  await real.api('DELETE', `/v1/webhooks/${hook.id}`);
  await real.domain.endOpenCalls('the test is over');
  await receiver.close();
  real.clock.at = Date.now();
});

const post = async <T>(path: string, body: object = {}) =>
  (await real.api('POST', path, body)) as { status: number; body: T };
const read = async <T>(path: string) => (await real.api('GET', path)).body as T;
const register = async (more: object = {}): Promise<CreatedWebhook> => {
  const { status, body } = await post<CreatedWebhook>('/v1/webhooks', {
    url: receiver.url,
    ...more,
  });
  expect(status).toBe(201);
  receiver.received = [];
  return body;
};
const shown = () => read<Webhook>(`/v1/webhooks/${hook.id}`);
const deliveries = async (query = '') =>
  (await read<{ data: WebhookDelivery[] }>(`/v1/webhooks/${hook.id}/deliveries${query}`)).data;

/** Lets time pass, and sends what is due until nothing is. */
async function deliver(afterMs = 6_000): Promise<void> {
  real.clock.at = Math.max(real.clock.at, Date.now()) + afterMs;
  await settled();
}

async function settled(): Promise<void> {
  for (let before = -1; before !== receiver.received.length;) {
    before = receiver.received.length;
    await real.domain.deliverWebhooks();
    await waitFor(async () => (await sending()) === 0, { what: 'the deliveries', everyMs: 10 });
  }
}

/** How many of this endpoint's are on their way. */
async function sending(): Promise<number> {
  const { rows } = await real.store.listDeliveries(
    hook.id,
    { status: ['pending'] },
    { limit: 200 },
  );
  return rows.filter((row) => row.claimed_by !== null).length;
}

async function joined(metadata = {}): Promise<CreateWebCallResponse> {
  // A publishable key would have used up its minutes when days have passed.
  const body = { agent_id: real.first.agent_id, metadata };
  const { body: grant } = await real.createCall(body, real.secret);
  await tell(grant, 'caller');
  return grant;
}

const tell = (grant: CreateWebCallResponse, who: 'caller' | 'agent') =>
  real.webhook({
    event: 'participant_joined',
    id: `EV_${(events += 1)}`,
    room: { name: real.roomOf(grant) },
    participant:
      who === 'agent'
        ? { sid: 'PA_agent', identity: 'agent-1', kind: 'AGENT' }
        : { sid: 'PA_caller', identity: decodeJwt(grant.access_token).sub },
  });
const end = (grant: CreateWebCallResponse) => post(`/v1/web-calls/${grant.call_id}/terminate`, {});

const jobTokens = new Map<string, string>();
const report = (grant: CreateWebCallResponse, list: object[]) =>
  real.api(
    'POST',
    `/v1/agent-jobs/${grant.call_id}/events`,
    { events: list },
    { authorization: `Bearer ${jobTokens.get(grant.call_id) ?? ''}` },
  );

/** A call that was answered, with one turn of each side. */
async function talked(metadata = {}): Promise<CreateWebCallResponse> {
  const grant = await joined(metadata);
  await tell(grant, 'agent');
  const token = await real.media.agentToken(real.roomOf(grant));
  const path = `/v1/agent-jobs/${grant.call_id}/claim`;
  const claim = await real.api('POST', path, {}, { authorization: `Bearer ${token}` });
  jobTokens.set(grant.call_id, (claim.body as AgentJob).job_token);
  const at = real.clock.now().toISOString();
  const turn = (seq: number, role: string, content: string) => ({
    seq,
    type: 'turn',
    turn_id: `t${seq}`,
    role,
    content,
    started_at: at,
    ended_at: at,
  });
  await report(grant, [turn(1, 'agent', 'Hello.'), turn(2, 'user', 'When are you open?')]);
  return grant;
}

const types = () => receiver.events().map(({ event }) => event.event_type);
const ofCalls = (of: Received[]) =>
  of.map(({ event }) => {
    if (event.event_type === 'verification') throw new Error('a verification');
    return event;
  });

describe('an endpoint', () => {
  it('is asked before it is saved, and its secret is shown once', async () => {
    const { body } = await post<CreatedWebhook>('/v1/webhooks', {
      url: receiver.url,
      events: ['call_ended'],
      description: 'CRM',
    });
    expect(receiver.received).toHaveLength(1);
    const [asked] = receiver.received as [Received];
    expect(asked.event).toMatchObject({
      event_type: 'verification',
      payload: { message: expect.any(String), timestamp: expect.any(String) },
    });
    expect(asked.headers['user-agent']).toBe('DialNexa-External-Webhook-Verification/1.0');
    expect(body).toMatchObject({ status: 'active', events: ['call_ended'], description: 'CRM' });
    expect(body.secret).toMatch(/^whsec_/);
    const list = await read<{ data: Webhook[] }>('/v1/webhooks');
    expect(list.data.map(({ id }) => id).sort()).toEqual([body.id, hook.id].sort());
    expect(JSON.stringify([list, await read(`/v1/webhooks/${body.id}`)])).not.toContain('whsec_');
    expect((await real.api('DELETE', `/v1/webhooks/${body.id}`)).status).toBe(200);
    expect((await real.api('GET', `/v1/webhooks/${body.id}`)).status).toBe(404);
  });

  it('that does not answer well is not saved, and nor is its change', async () => {
    receiver.answer = (response) => response.writeHead(404).end('no');
    const refused = await post<{ message: string }>('/v1/webhooks', { url: receiver.url });
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(String(refused.body.message)).toContain('It answered 404.');
    const change = await real.api('PATCH', `/v1/webhooks/${hook.id}`, { url: `${receiver.url}/b` });
    expect(change.status).toBe(400);
    expect(await shown()).toMatchObject({ url: receiver.url });
    receiver.answer = (response) => response.writeHead(302, { location: receiver.url }).end();
    const moved = await post<{ message: string }>('/v1/webhooks', { url: `${receiver.url}/m` });
    expect(String(moved.body.message)).toContain('redirects are not followed');
    expect(receiver.received.filter(({ path }) => path === '/hooks')).toHaveLength(1);
    receiver.answer = (response) => response.end();
    const changed = await real.api('PATCH', `/v1/webhooks/${hook.id}`, {
      url: `${receiver.url}/b`,
      events: ['call_ended'],
    });
    expect(changed.body).toMatchObject({ url: `${receiver.url}/b`, events: ['call_ended'] });
  });

  it.each([
    [{ url: 'ftp://example.com/' }, 'https:'],
    [{ url: 'https://user:word@example.com/' }, 'password'],
    [{ url: 'nowhere' }, 'address'],
    [{ url: 'https://example.com/ho\r\noks' }, 'line ends'],
    [{ url: 'https://exam\tple.com/' }, 'control characters'],
    [{ url: ' https://example.com/' }, 'spaces'],
    [{ url: 'https://example.com/', events: ['call_forgotten'] }, 'events'],
    [{ url: 'https://example.com/', events: [] }, 'events'],
    [{ url: 'https://example.com/', secret: 'whsec_short' }, 'secret'],
    [{ url: 'https://example.com/', colour: 'red' }, 'colour'],
  ])('%j is refused by name', async (body, word) => {
    const answer = await post<{ message: unknown }>('/v1/webhooks', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(JSON.stringify(answer.body.message)).toContain(word);
  });

  it('can be one of twenty, and a test says what comes of it', async () => {
    const more = [];
    for (let n = 1; n < 20; n += 1) more.push(await register());
    expect((await post('/v1/webhooks', { url: receiver.url })).status).toBe(409);
    for (const { id } of more) await real.api('DELETE', `/v1/webhooks/${id}`);
    receiver.answer = (response) => response.writeHead(500).end('oh');
    expect((await post(`/v1/webhooks/${hook.id}/test`)).body).toMatchObject({
      is_success: false,
      response_status: 500,
      response_body: 'oh',
      error: 'It answered 500.',
    });
    expect((await shown()).failures).toBe(0);
  });
});

describe('a call', () => {
  it('is told from its beginning to its end, signed both ways', async () => {
    const grant = await talked({ order: 7 });
    await deliver(0);
    await end(grant);
    await settled();
    expect(types()).toEqual(['call_initiated']);
    await deliver();
    expect(types()).toEqual(['call_initiated', 'call_ended']);
    const [began, ended] = ofCalls(receiver.events());
    expect(began?.payload.call).toEqual({
      id: grant.call_id,
      type: 'web_call',
      direction: 'inbound',
      entry_point: 'web',
      category: null,
      category_id: null,
      from_number: null,
      to_number: null,
      status: 'initiated',
      agent_id: grant.agent_id,
      agent_name: grant.agent_name,
      agent_version_id: grant.agent_version_id,
      agent_version_number: grant.agent_version_number,
      initiated_at: expect.any(String),
      metadata: { order: 7 },
      origin: null,
      page_url: null,
      locale: null,
    });
    expect(ended?.payload.call).toMatchObject({
      id: grant.call_id,
      status: 'completed',
      hangup_reason: 'terminated_by_api',
      explanation: (await real.readCall(grant.call_id)).explanation,
      transcript: [
        { role: 'agent', content: 'Hello.' },
        { role: 'user', content: 'When are you open?' },
      ],
      recording_url: null,
      post_call_analysis: {},
    });
    for (const { headers, body } of receiver.events()) {
      expect(headers['user-agent']).toBe('DialNexa-External-Webhook/1.0');
      const { secret } = hook;
      const at = Number(headers['webhook-timestamp']) * 1_000;
      const standard = await verifyWebhook({ headers, body, secret, now: at });
      expect(standard).toEqual(JSON.parse(body));
      expect(await verifyWebhook({ headers, body, secret, scheme: 'dialnexa' })).toEqual(standard);
      const signer = new StandardWebhook(secret);
      const id = String(headers['webhook-id']);
      expect(headers['webhook-signature']).toBe(signer.sign(id, new Date(at), body));
    }
    const ids = receiver.events().map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(2);
    expect(await shown()).toMatchObject({ failures: 0, last_response_status: 200 });
  });

  it('that nobody joined is told as hung up', async () => {
    const { body: grant } = await real.createCall();
    await end(grant);
    await deliver();
    const [told] = ofCalls(receiver.events());
    expect(types()).toEqual(['call_ended']);
    expect(told?.payload.call).toMatchObject({
      id: grant.call_id,
      status: 'hangup',
      hangup_reason: 'terminated_by_api',
      disconnection_reason: 'terminated_by_api',
      duration_in_seconds: 0,
    });
  });

  it('is told to the endpoints that asked for its event, whichever workspace has others', async () => {
    const other = await register({ events: ['call_ended'] });
    const grant = await talked();
    await end(grant);
    await deliver();
    // Nothing is owed for it before it is there.
    expect(types()).not.toContain('call_analyzed');
    await real.domain.afterCalls();
    await deliver(1_000);
    const last = ofCalls(receiver.events()).find(
      ({ event_type: type, payload }) =>
        type === 'call_analyzed' && payload.call.id === grant.call_id,
    );
    expect(last?.payload.call).toMatchObject({
      id: grant.call_id,
      summary: expect.stringContaining('open'),
      analysis: { status: 'completed', method: 'rules' },
      explanation: { headline: expect.any(String), findings: expect.any(Array) },
    });
    // The work of earlier calls was done with it.
    const ours = receiver.events().filter(({ body }) => body.includes(grant.call_id));
    const told = ours.map(({ event }) => event.event_type);
    expect(told.sort()).toEqual(['call_analyzed', 'call_ended', 'call_ended', 'call_initiated']);
    const list = `/v1/webhooks/${other.id}/deliveries`;
    expect((await read<{ data: WebhookDelivery[] }>(list)).data).toMatchObject([
      { event_type: 'call_ended', status: 'delivered', call_id: grant.call_id },
    ]);
    await real.api('DELETE', `/v1/webhooks/${other.id}`);
  });

  it('that is handed to another agent is told of at once', async () => {
    const grant = await talked();
    const to = { agent_id: 'agent_night', agent_name: 'Night desk' };
    const at = real.clock.now().toISOString();
    const transfer = { seq: 3, type: 'transfer', at, to };
    await report(grant, [
      { ...transfer, status: 'completed' },
      { ...transfer, seq: 4, status: 'failed', error: 'It is not published.' },
    ]);
    await deliver(1_000);
    expect(ofCalls(receiver.events()).slice(1)).toMatchObject(
      (['completed', 'failed'] as const).map((status) => ({
        event_type: 'transfer_completed',
        payload: {
          call: { id: grant.call_id, status: 'initiated' },
          call_transfer: { destination: 'Night desk', destination_id: 'agent_night', status },
        },
      })),
    );
  });

  it('of many at once are told one after the other, without a pause between', async () => {
    const grants: CreateWebCallResponse[] = [];
    for (let n = 0; n < 20; n += 1) {
      const grant = await joined();
      await end(grant);
      grants.push(grant);
    }
    real.clock.at += 6_000;
    await real.domain.deliverWebhooks();
    await waitFor(() => receiver.events().length === 40, {
      timeoutMs: 30_000,
      what: 'every delivery',
    });
    for (const { call_id } of grants) {
      const ours = receiver.events().filter(({ body }) => body.includes(call_id));
      expect(ours.map(({ event }) => event.event_type)).toEqual(['call_initiated', 'call_ended']);
    }
  });

  it('are told at once though they became due while it was looked for others', async () => {
    const grant = await joined();
    await end(grant);
    real.clock.at += 6_000;
    let answer = (): void => undefined;
    receiver.answer = (response) => (answer = () => void response.end());
    await real.domain.deliverWebhooks();
    await waitFor(() => receiver.events().length === 1, { what: 'the beginning' });
    // It has found nothing when the beginning is delivered, and says so only then.
    let find = (): void => undefined;
    const found = new Promise<void>((resolve) => (find = resolve));
    const claim = real.store.claimDeliveries.bind(real.store);
    const claiming = vi
      .spyOn(real.store, 'claimDeliveries')
      .mockImplementationOnce(async (...of) => {
        const claimed = await claim(...of);
        await found;
        return claimed;
      });
    const looking = real.domain.deliverWebhooks();
    receiver.answer = (response) => void response.end();
    answer();
    await waitFor(async () => (await sending()) === 0, { what: 'its end' });
    find();
    await looking;
    await waitFor(() => receiver.events().length === 2, { what: 'the end of the call' });
    claiming.mockRestore();
  });

  it('of a workspace without webhooks writes nothing for them', async () => {
    await real.api('DELETE', `/v1/webhooks/${hook.id}`);
    await end(await talked());
    const { rows } = await real.store.listDeliveries(hook.id, {}, { limit: 10 });
    expect(rows).toEqual([]);
  });
});

describe('what fails', () => {
  it('is tried again ever more rarely, in the order of its call, and holds back no other call', async () => {
    const first = await joined();
    const second = await joined();
    receiver.answer = (response, { event }) => {
      const { call } = (event as { payload: { call: { id: string } } }).payload;
      response.writeHead(call.id === first.call_id ? 503 : 200).end('busy');
    };
    await end(first);
    await end(second);
    await deliver(0);
    // A failing endpoint is sent one at a time.
    await settled();
    const of = (grant: CreateWebCallResponse) =>
      receiver
        .events()
        .filter(({ body }) => body.includes(grant.call_id))
        .map(({ event }) => event.event_type);
    expect(of(first)).toEqual(['call_initiated']);
    expect(of(second)).toEqual(['call_initiated', 'call_ended']);
    const [, waiting] = await deliveries(`?call_id=${first.call_id}`);
    expect(waiting).toMatchObject({
      event_type: 'call_initiated',
      status: 'pending',
      response_body: 'busy',
      attempts: [{ response_status: 503, error: 'It answered 503.', url: receiver.url }],
    });
    const wait = Date.parse(waiting?.next_attempt_at ?? '') - real.clock.at;
    expect(wait).toBeGreaterThan(3_900);
    expect(wait).toBeLessThanOrEqual(5_000);
    await deliver(6_000);
    expect(of(first)).toEqual(['call_initiated', 'call_initiated']);
    receiver.answer = (response) => response.end('well');
    await deliver(31_000);
    expect(of(first).slice(2)).toEqual(['call_initiated', 'call_ended']);
    const [, done] = await deliveries(`?call_id=${first.call_id}`);
    expect(done?.attempts.map(({ response_status: status }) => status)).toEqual([503, 503, 200]);
    const ids = receiver
      .events()
      .filter(
        ({ body, event }) => event.event_type === 'call_initiated' && body.includes(first.call_id),
      )
      .map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('for a day is given up and pauses the endpoint, which is resumed and redelivered', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    const since = new Date(Date.now() - 1_000).toISOString();
    const grant = await joined();
    for (;;) {
      const [owed] = await deliveries('?status=pending');
      if (!owed?.next_attempt_at) break;
      real.clock.at = Math.max(real.clock.at, Date.parse(owed.next_attempt_at));
      await settled();
    }
    const tried = receiver.received.length;
    expect(tried).toBe(11);
    expect(real.clock.at - Date.now()).toBeGreaterThan(18 * HOUR);
    expect(real.clock.at - Date.now()).toBeLessThan(DAY);
    expect(await shown()).toMatchObject({
      status: 'paused',
      pause_reason: 'failing',
      pause_note: 'No delivery has succeeded for a day. It answered 500.',
    });
    expect(await deliveries('?status=failed')).toMatchObject([{ call_id: grant.call_id }]);
    await end(grant);
    await deliver(DAY / 2);
    expect(receiver.received).toHaveLength(tried);
    receiver.answer = (response) => response.end();
    expect((await post(`/v1/webhooks/${hook.id}/resume`)).body).toMatchObject({
      status: 'active',
      pause_note: null,
      failures: 0,
    });
    receiver.received = [];
    await deliver();
    expect(types()).toEqual(['call_ended']);
    const again = await post(`/v1/webhooks/${hook.id}/deliveries/redeliver`, { start_date: since });
    expect(again).toMatchObject({ status: 202, body: { count: 1 } });
    await deliver(0);
    expect(types()).toEqual(['call_ended', 'call_initiated']);
  });

  it('by hanging, at any number of endpoints, holds back no other endpoint', async () => {
    const hanging = await startWebhookReceiver();
    const hooks: string[] = [];
    try {
      for (let at = 0; at < 6; at += 1) {
        hooks.push((await post<CreatedWebhook>('/v1/webhooks', { url: hanging.url })).body.id);
      }
      hanging.answer = () => undefined;
      const grants = await Promise.all(Array.from({ length: 10 }, () => joined()));
      await Promise.all(grants.map(end));
      real.clock.at = Date.now() + 6_000;
      await real.domain.deliverWebhooks();
      // Less than the ten seconds after which the others are given up.
      await waitFor(() => receiver.events().length === 20, {
        withinMs: 7_000,
        what: 'every event',
      });
    } finally {
      for (const id of hooks) await real.api('DELETE', `/v1/webhooks/${id}`);
      await hanging.close();
    }
  });

  it('with 410 pauses the endpoint at once, and loses nothing', async () => {
    receiver.answer = (response) => response.writeHead(410).end();
    const grant = await joined();
    await deliver(0);
    expect(await shown()).toMatchObject({ status: 'paused', pause_reason: 'gone', failures: 1 });
    await end(grant);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    receiver.answer = (response) => response.end();
    await post(`/v1/webhooks/${hook.id}/resume`);
    await deliver(0);
    expect(types().slice(1)).toEqual(['call_initiated', 'call_ended']);
  });

  it('answers of ten megabytes are read for four kilobytes', async () => {
    let written = 0;
    receiver.answer = (response) => {
      const part = 'é'.repeat(8_192);
      const more = (): void => {
        while (!response.destroyed && written < 10_000_000) {
          written += 16_384;
          if (!response.write(part)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    await joined();
    await deliver(0);
    const [one] = await deliveries();
    expect(one).toMatchObject({ status: 'delivered' });
    expect(Buffer.byteLength(one?.response_body ?? '')).toBe(4_096);
    await waitFor(() => written < 10_000_000);
  });

  it('that is paused by a request waits, and after a day it is given up', async () => {
    const paused = await post(`/v1/webhooks/${hook.id}/pause`, { note: 'Moving house.' });
    expect(paused.body).toMatchObject({ pause_reason: 'operator', pause_note: 'Moving house.' });
    await joined();
    await deliver();
    expect(receiver.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ status: 'pending', attempts: [] }]);
    real.clock.at += DAY + HOUR;
    await real.domain.tidyWebhooks();
    expect(await deliveries()).toMatchObject([{ status: 'failed', next_attempt_at: null }]);
    real.clock.at += 30 * DAY;
    await real.domain.tidyWebhooks();
    expect(await deliveries()).toEqual([]);
  });
});

describe('deliveries', () => {
  it('are shown with request and answer, page by page, and redelivered one by one', async () => {
    receiver.answer = (response) => response.end('thanks\0');
    const grant = await talked();
    await end(grant);
    await deliver();
    await deliver();
    const list = `/v1/webhooks/${hook.id}/deliveries`;
    interface Page {
      data: WebhookDelivery[];
      next_cursor: string | null;
    }
    const page = await read<Page>(`${list}?limit=1`);
    const next = await read<Page>(`${list}?limit=1&cursor=${page.next_cursor ?? ''}`);
    expect([...page.data, ...next.data]).toEqual(await deliveries());
    expect(next.next_cursor).toBeNull();
    const [ended] = page.data;
    expect(ended).toMatchObject({
      event_type: 'call_ended',
      call_id: grant.call_id,
      status: 'delivered',
      response_body: 'thanks\uFFFD',
      attempts: [{ response_status: 200, error: null, url: receiver.url }],
    });
    const sent = receiver.events().at(-1);
    expect(await read(`${list}/${ended?.id ?? ''}`)).toMatchObject({
      id: ended?.id,
      request: {
        url: receiver.url,
        headers: { 'webhook-id': sent?.headers['webhook-id'] },
        body: sent?.body,
      },
    });
    const again = await post<WebhookDelivery>(`${list}/${ended?.id ?? ''}/redeliver`);
    expect(again).toMatchObject({
      status: 202,
      body: { parent_delivery_id: ended?.id, message_id: ended?.message_id, status: 'pending' },
    });
    const twice = await post(`${list}/${again.body.id}/redeliver`);
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await deliver(0);
    const last = receiver.events().at(-1);
    expect(last?.headers['webhook-id']).toBe(sent?.headers['webhook-id']);
    expect(await deliveries('?event_type=call_ended')).toHaveLength(2);
    expect(await deliveries('?event_type=call_analyzed,transfer_completed')).toEqual([]);
    expect((await real.api('GET', `${list}?colour=red`)).status).toBe(400);
    expect((await real.api('GET', `${list}/del_nothing`)).status).toBe(404);
  });

  it('forget what was answered when the call is to be forgotten', async () => {
    receiver.answer = (response) => response.end('you told me of Ada');
    const grant = await joined();
    await end(grant);
    await deliver();
    const answers = async () => (await deliveries()).map(({ response_body: answer }) => answer);
    expect(await answers()).toEqual(['you told me of Ada', 'you told me of Ada']);
    await real.api('DELETE', `/v1/calls/${grant.call_id}/sensitive-data`);
    expect(await answers()).toEqual([null, null]);
    expect(await deliveries('?status=delivered')).toHaveLength(2);
  });

  it('keep no answer that comes once the call was erased', async () => {
    const grant = await joined();
    await end(grant);
    let late: (() => void) | null = null;
    receiver.answer = (response) => {
      late = () => void response.end('you told me of Ada');
    };
    real.clock.at = Math.max(real.clock.at, Date.now()) + 6_000;
    await real.domain.deliverWebhooks();
    const send = await waitFor(() => late, { what: 'the delivery' });
    await real.api('DELETE', `/v1/calls/${grant.call_id}/sensitive-data`);
    receiver.answer = (response) => void response.end('and of Ada again');
    send();
    await waitFor(async () => (await deliveries('?status=delivered')).length === 2, {
      what: 'both deliveries',
    });
    expect((await deliveries()).map((one) => one.response_body)).toEqual([null, null]);
  });

  it('of another workspace are not there', async () => {
    const workspace = {
      id: 'ws_other',
      name: 'Other',
      concurrency_limit: 1,
      open_calls_per_address: null,
      open_calls_per_visitor: null,
      recording_days: null,
      transcript_days: null,
      analysis_days: null,
      record_days: null,
      created_at: new Date(),
    };
    await real.store.putWorkspace(workspace);
    const other = { keyId: 'key_other', workspaceId: 'ws_other', kind: 'secret' } as const;
    const principal = { ...other, name: 'Other', allowedOrigins: [] };
    for (const ask of [
      () => real.domain.getWebhook(principal, hook.id),
      () => real.domain.listDeliveries(principal, hook.id, {}, {}),
      () => real.domain.deleteWebhook(principal, hook.id),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('a rotation', () => {
  it('leaves both secrets valid for a while', async () => {
    const path = `/v1/webhooks/${hook.id}/rotate`;
    const { status, body: fresh } = await post<CreatedWebhook>(path, { overlap_sec: 3_600 });
    expect({ status, valid: fresh.secrets_valid }).toEqual({ status: 201, valid: 2 });
    expect(fresh.secret).not.toBe(hook.secret);
    const check = async () => {
      await joined();
      await deliver(0);
      const { headers, body } = receiver.events().at(-1) as Received;
      const now = Number(headers['webhook-timestamp']) * 1_000;
      const fits = (secret: string, scheme: 'standard' | 'dialnexa' = 'standard') =>
        verifyWebhook({ headers, body, secret, scheme, now }).then(
          () => true,
          () => false,
        );
      return [
        await fits(hook.secret),
        await fits(fresh.secret),
        await fits(hook.secret, 'dialnexa'),
        await fits(fresh.secret, 'dialnexa'),
      ];
    };
    expect(await check()).toEqual([true, true, false, true]);
    real.clock.at += HOUR;
    expect(await check()).toEqual([false, true, false, true]);
    expect((await shown()).secrets_valid).toBe(1);
  });
});
