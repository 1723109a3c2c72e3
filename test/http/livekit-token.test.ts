/** LiveKit's own token source against the token endpoint, on a real database: fetched with every page, used now and then. */
import { TokenSource } from 'livekit-client';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { realApp, type RealApp } from '../support/real-app.js';
import type { Call, CallSummary, Page } from '../../sdk/wire/call.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => real.request(url, init));
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await real.close();
});
afterEach(() => limit(25));

const URL_PATH = '/v1/livekit/token';
const limit = (concurrency_limit: number) =>
  real.store
    .firstWorkspace()
    .then((row) => row && real.store.putWorkspace({ ...row, concurrency_limit }));
const newSource = () => TokenSource.endpoint(URL_PATH, { headers: real.page });
const roomOf = (token: string) => (decodeJwt(token).video as { room: string }).room;

/** What a front end fetches, and the id of the call that it stands for. */
async function fetched(source = newSource(), more: object = {}) {
  const { participantToken } = await source.fetch({ agentName: real.first.agent_id, ...more });
  const [dispatch] = (decodeJwt(participantToken).roomConfig as { agents: { metadata: string }[] })
    .agents;
  const job = JSON.parse(dispatch?.metadata ?? '') as { call_id: string };
  return { token: participantToken, room: roomOf(participantToken), job, callId: job.call_id };
}
let events = 0;
const join = ({ token, room }: { token: string; room: string }) =>
  real.webhook({
    event: 'participant_joined',
    id: `EV_${(events += 1)}`,
    room: { name: room },
    participant: { sid: `PA_${events}`, identity: decodeJwt(token).sub },
  });
const end = (callId: string) => real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
const listed = async () =>
  ((await real.api('GET', '/v1/calls?limit=200')).body as Page<CallSummary>).data.map(
    (call) => call.id,
  );
const after = async (ms: number) => {
  real.clock.at += ms;
  await real.domain.closeDueCalls();
};

it('a front end that fetches again gets another room, whatever its clock says', async () => {
  const source = newSource();
  const rooms = new Set<string>();
  for (const skew of [0, 0, -90_000, 90_000]) {
    vi.useFakeTimers({ toFake: ['Date'], now: real.clock.at + skew });
    rooms.add((await fetched(source)).room);
    vi.useRealTimers();
  }
  expect(rooms.size).toBe(4);
});

it('pages that are only looked at take no capacity, and leave no call', async () => {
  await limit(2);
  const before = await listed();
  const counted = await real.store.countCalls();
  const views = [];
  for (let view = 0; view < 8; view += 1) views.push(await fetched());
  expect((await real.createCall(undefined, real.secret)).status).toBe(201);
  const started = await listed();
  expect(started).toHaveLength(before.length + 1);
  expect(await real.store.countCalls()).toEqual({
    ...counted,
    created: (counted.created ?? 0) + 1,
  });
  // LiveKit forgives a clock a minute: only then can nobody come any more.
  await after(125_000);
  expect((await real.readCall(views[0]?.callId ?? '')).status).toBe('created');
  await after(10_000);
  for (const { callId } of views) {
    expect(await real.api('GET', `/v1/calls/${callId}`)).toMatchObject({ status: 404 });
  }
  expect(await listed()).toEqual(started);
  const last = await fetched();
  await real.domain.endOpenCalls('the machine stops');
  expect(await real.api('GET', `/v1/calls/${last.callId}`)).toMatchObject({ status: 404 });
});

it('a caller of whose joining nobody was told is found', async () => {
  const { callId, room, token } = await fetched();
  const identity = decodeJwt(token).sub ?? '';
  const joinedAt = real.clock.now();
  real.media.rooms.set(room, [{ identity, kind: 'caller', active: true, joinedAt }]);
  await real.domain.reconcile();
  expect(await listed()).toContain(callId);
  await end(callId);
});

it('a call that was fetched counts from its caller’s joining on', async () => {
  await limit(1);
  const [first, second] = [await fetched(), await fetched()];
  await join(first);
  expect(await listed()).toContain(first.callId);
  await expect(fetched()).rejects.toThrow('capacity_reached');
  await join(second);
  const turnedAway = await real.readCall(second.callId);
  expect(turnedAway).toMatchObject({ status: 'cancelled', end_reason: 'system_at_capacity' });
  expect(real.media.deleted).toContain(second.room);
  await end(first.callId);
  const third = await fetched();
  await join(third);
  expect(await real.readCall(third.callId)).toMatchObject({ status: 'initiated' });
  await end(third.callId);
});

it('what the front end says to the agent reaches it: as it is, and as variables', async () => {
  const agentMetadata = JSON.stringify({ visitor_name: 'Ada', visits: 3, plan: { name: 'pro' } });
  const { job, callId } = await fetched(undefined, { agentMetadata, participantName: 'Ada' });
  expect(job).toEqual({ call_id: callId, agent_metadata: agentMetadata });
  const call: Call = await real.readCall(callId);
  expect(call).toMatchObject({
    variables: { visitor_name: 'Ada', visits: 3 },
    metadata: { agent_metadata: agentMetadata, participant_name: 'Ada' },
  });
  const plain = await fetched(undefined, { agentMetadata: 'vip' });
  expect(plain.job).toMatchObject({ agent_metadata: 'vip' });
  expect((await real.readCall(plain.callId)).variables).toEqual({});
});

it.each([
  ['too long', 'x'.repeat(2_001)],
  ['a name that no variable may have', JSON.stringify({ ['n'.repeat(65)]: 1 })],
  ['what no database holds', '{"a":"\\u0000"}'],
])('it is refused by name when it is %s', async (_, agentMetadata) => {
  await expect(fetched(undefined, { agentMetadata })).rejects.toThrow('validation_failed');
});
