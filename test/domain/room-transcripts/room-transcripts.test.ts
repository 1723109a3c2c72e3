/** Which calls are listened to, by which process, and what becomes of what was heard. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDomain } from '../../../server/domain/create-domain.js';
import { openFolderObjectStore } from '../../../server/store/folder-object-store.js';
import { FakeRoomListener } from '../../fakes/fake-room-listener.js';
import { realApp, type RealApp } from '../../support/real-app.js';
import { waitFor } from '../../support/wait-for.js';
import { NO_WEBHOOKS } from '../../fakes/no-webhooks.js';
import type { Domain } from '../../../server/domain/create-domain.js';

let real: RealApp;
let one: { ears: FakeRoomListener; domain: Domain };
let two: { ears: FakeRoomListener; domain: Domain };
let hints = 0;

/** A server process of its own on the same database. */
function process(store = real.store): { ears: FakeRoomListener; domain: Domain } {
  const ears = new FakeRoomListener();
  const domain = createDomain({
    store,
    media: real.media,
    objects: openFolderObjectStore('/nonexistent'),
    clock: real.clock,
    roomListener: ears,
    isProviderConfigured: () => true,
    agentName: 'dialnexa',
    mediaUrl: 'ws://livekit.example',
    webhooks: NO_WEBHOOKS,
    recordingLink: () => '',
  });
  return { ears, domain };
}

beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());
beforeEach(() => {
  one = process();
  two = process();
});
afterEach(() => real.domain.endOpenCalls('the test is over'));

async function joinedCall(by: Domain = one.domain) {
  const { body: grant } = await real.createCall();
  const room = real.roomOf(grant);
  const call = await real.store.findCall(grant.call_id);
  const caller = call?.caller_identity ?? '';
  const joined = (identity: string, kind: 'caller' | 'agent' | 'other') =>
    by.applyRoomEvent({
      id: `EV_${(hints += 1)}`,
      event: 'participant_joined',
      createdAt: null,
      roomName: room,
      participant: { sid: `PA_${identity}`, identity, kind, disconnectReason: null },
    });
  const made = () =>
    by.applyRoomEvent({
      id: `EV_${(hints += 1)}`,
      event: 'room_started',
      createdAt: null,
      roomName: room,
      participant: null,
    });
  return { id: grant.call_id, room, caller, joined, made };
}
const words = async (id: string): Promise<string[]> =>
  (await real.readCall(id)).transcript.map((turn) => `${turn.role}: ${turn.content}`);
const heardIn = (ears: FakeRoomListener, room: string) =>
  waitFor(() => ears.rooms.has(room), { what: 'ears in the room' });

describe('a call whose agent reports nothing', () => {
  it('has the transcript that was heard in its room', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await heardIn(one.ears, room);
    await joined('agent-1', 'agent');
    one.ears.hear(room, { speaker: 'agent-1', text: 'Hello.' });
    one.ears.hear(room, { speaker: caller, text: 'Good morning.' });
    one.ears.hear(room, { speaker: 'guest', text: 'I only listen.' });
    await waitFor(async () => (await words(id)).length === 2, { what: 'two turns' });
    expect(await words(id)).toEqual(['agent: Hello.', 'user: Good morning.']);
    const call = await real.readCall(id);
    expect(call.transcript.map((turn) => turn.source)).toEqual(['room', 'room']);
    const written = { segmentId: 'SG_Hello.', text: 'I was promised a refund.' };
    one.ears.hear(room, { speaker: caller, ...written, unverified: true });
    await waitFor(async () => (await words(id)).length === 3, { what: 'the unverified turn' });
    const marks = (await real.readCall(id)).transcript.map((turn) => turn.unverified);
    expect(marks).toEqual([false, false, true]);
    expect((await real.readCall(id)).turn_count).toBe(3);
    expect(call.status).toBe('received');
    expect(one.ears.joins).toBe(1);
  });

  it('is listened to before anybody is there, for its agent may greet at once', async () => {
    const { id, room, caller, joined, made } = await joinedCall();
    await made();
    await heardIn(one.ears, room);
    one.ears.hear(room, { speaker: 'agent-1', text: 'Hello.' });
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await waitFor(async () => (await words(id)).length === 1, { what: 'the greeting' });
    expect(one.ears.joins).toBe(1);
  });

  it('is heard by one process only, and by another one when that has died', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(one.ears, room);
    await two.domain.listen();
    expect(two.ears.joins).toBe(0);
    real.clock.at += 10_000;
    await one.domain.listen();
    real.clock.at += 10_000;
    await two.domain.listen();
    expect(two.ears.joins).toBe(0);
    real.clock.at += 6_000;
    await two.domain.listen();
    expect(two.ears.rooms.has(room)).toBe(true);
    one.ears.hear(room, { speaker: 'agent-1', text: 'Told by the dead.' });
    two.ears.hear(room, { speaker: 'agent-1', text: 'Told once.' });
    await waitFor(async () => (await words(id)).length > 0, { what: 'a turn' });
    expect(await words(id)).toEqual(['agent: Told once.']);
    await one.domain.listen();
    expect(one.ears.rooms.has(room)).toBe(false);
  });

  it('is heard on by another process when one is stopped', async () => {
    const { room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(one.ears, room);
    await one.domain.stopListening();
    expect(one.ears.rooms.size).toBe(0);
    await two.domain.listen();
    expect(two.ears.rooms.has(room)).toBe(true);
  });

  it('is heard in the next round when the media server was away, or its hint was lost', async () => {
    const { room, caller, joined } = await joinedCall();
    one.ears.isReachable = false;
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await waitFor(async () => (await real.store.findCallByRoom(room))?.listener_id === null);
    one.ears.isReachable = true;
    await one.domain.listen();
    expect(one.ears.rooms.has(room)).toBe(true);
  });

  it('keeps what was cut off by its end', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(one.ears, room);
    one.ears.hear(room, {
      speaker: 'agent-1',
      text: 'I was about to',
      done: false,
      final: false,
      at: real.clock.now(),
    });
    real.clock.at += 1_000;
    one.ears.hear(room, { speaker: 'agent-2', text: 'Nobody hears me.', at: real.clock.now() });
    await real.api('POST', `/v1/web-calls/${id}/terminate`, {});
    one.ears.close(room);
    await waitFor(async () => (await words(id)).length === 1, { what: 'the last words' });
    expect((await real.readCall(id)).transcript[0]).toMatchObject({ interrupted: true });
  });

  it('keeps its last words while the database is away', async () => {
    let isAway = false;
    const changeCall: typeof real.store.changeCall = (...all) =>
      isAway ? Promise.reject(new Error('away')) : real.store.changeCall(...all);
    const three = process({ ...real.store, changeCall });
    const { id, room, caller, joined } = await joinedCall(three.domain);
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(three.ears, room);
    isAway = true;
    three.ears.hear(room, { speaker: 'agent-1', text: 'Good-bye.', at: real.clock.now() });
    real.clock.at += 1_000;
    three.ears.close(room);
    await real.api('POST', `/v1/web-calls/${id}/terminate`, {});
    await three.domain.listen();
    expect(await words(id)).toEqual([]);
    isAway = false;
    await three.domain.listen();
    expect(await words(id)).toEqual(['agent: Good-bye.']);
    await three.domain.listen();
    expect(await real.store.findCall(id)).toMatchObject({ listener_id: null });
  });

  it('keeps them when its process stops while it is being left', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(one.ears, room);
    let left: () => void = () => undefined;
    one.ears.leaving = new Promise((resolve) => (left = resolve));
    const unsaid = { done: false, final: false, at: real.clock.now() };
    one.ears.hear(room, { speaker: 'agent-1', text: 'I was about to', ...unsaid });
    one.ears.close(room);
    const stopped = one.domain.stopListening().then(() => words(id));
    setImmediate(left);
    expect(await stopped).toEqual(['agent: I was about to']);
  });
});

describe('a leaving that the media server’s hint did not tell of', () => {
  it.each([
    ['agent-1', 'CLIENT_INITIATED', 'completed', 'agent_disconnected'],
    ['agent-1', 'CONNECTION_TIMEOUT', 'failed', 'system_failure'],
    ['caller', 'CLIENT_INITIATED', 'completed', 'user_disconnected'],
    ['caller', 'CONNECTION_TIMEOUT', 'completed', 'network_failure'],
  ])('is known by the ears: %s, %s', async (who, reason, status, end_reason) => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await heardIn(one.ears, room);
    const stays = who === 'caller' ? 'agent-1' : caller;
    one.ears.leave(room, who === 'caller' ? caller : who, reason);
    one.ears.leave(room, 'guest', 'CLIENT_INITIATED');
    await waitFor(async () => {
      const call = await real.store.findCall(id);
      return call?.agent_left_at ?? call?.caller_left_at ?? call?.ended_at;
    });
    const kind = who === 'caller' ? 'agent' : 'caller';
    real.media.rooms.set(room, [{ identity: stays, kind, active: true }]);
    await one.domain.reconcile();
    real.clock.at += 5_000;
    await one.domain.closeDueCalls();
    expect(await real.readCall(id)).toMatchObject({ status, end_reason });
  });

  it('is a breakdown of the agent where nobody heard it, and no leaving when it came back', async () => {
    const { id, room, caller, joined } = await joinedCall();
    one.ears.isInstalled = false;
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    const [callerThere, agentThere] = [
      { identity: caller, kind: 'caller', active: true },
      { identity: 'agent-1', kind: 'agent', active: true },
    ] as const;
    real.media.rooms.set(room, [callerThere]);
    const round = one.domain.reconcile();
    await waitFor(() => real.media.asked.includes(room), { what: 'the first look' });
    real.media.rooms.set(room, [callerThere, agentThere]);
    await round;
    expect((await real.store.findCall(id))?.agent_left_at).toBeNull();
    real.media.rooms.set(room, [callerThere]);
    await one.domain.reconcile();
    real.clock.at += 5_000;
    await one.domain.closeDueCalls();
    const ended = { status: 'failed', end_reason: 'system_failure' };
    expect(await real.readCall(id)).toMatchObject(ended);
  });
});

describe('somebody whom the rounds find', () => {
  it('is listened to at once', async () => {
    const { room, caller } = await joinedCall();
    real.media.rooms.set(room, [{ identity: caller, kind: 'caller', active: true }]);
    await one.domain.reconcile();
    await heardIn(one.ears, room);
  });
});

describe('nobody listens', () => {
  it('to a room before somebody is there, where the agents claim their calls', async () => {
    const claimed = await joinedCall();
    await one.domain.claimJob(claimed.id, await real.media.agentToken(claimed.room));
    const next = await joinedCall();
    await next.made();
    await next.joined('guest', 'other');
    expect(one.ears.joins).toBe(0);
    await next.joined(next.caller, 'caller');
    await heardIn(one.ears, next.room);
    one.ears.hear(next.room, { speaker: 'agent-1', text: 'I claim nothing.' });
    const last = await joinedCall();
    await last.made();
    await heardIn(one.ears, last.room);
  });

  it('to a call whose agent has claimed it, and what was heard before is not told twice', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await heardIn(one.ears, room);
    one.ears.hear(room, { speaker: 'agent-1', text: 'Hello.' });
    await waitFor(async () => (await words(id)).length === 1, { what: 'the turn' });
    const job = await one.domain.claimJob(id, await real.media.agentToken(room));
    await waitFor(() => !one.ears.rooms.has(room), { what: 'empty ears' });
    expect(await words(id)).toEqual([]);
    const now = new Date(real.clock.at).toISOString();
    const turn = { turn_id: 't1', role: 'agent', content: 'Hello.' } as const;
    await one.domain.reportEvents(id, job.job_token, [
      { seq: 1, type: 'turn', ...turn, started_at: now, ended_at: now },
    ]);
    expect(await words(id)).toEqual(['agent: Hello.']);
    expect((await real.readCall(id)).turn_count).toBe(1);
    await joined('agent-1', 'agent');
    await one.domain.listen();
    expect(one.ears.joins).toBe(1);
  });

  it('any more when another process was told of the claim', async () => {
    const { id, room, caller, joined } = await joinedCall();
    await joined(caller, 'caller');
    await heardIn(one.ears, room);
    await two.domain.claimJob(id, await real.media.agentToken(room));
    one.ears.hear(room, { speaker: 'agent-1', text: 'Hello.' });
    await one.domain.listen();
    expect(one.ears.rooms.has(room)).toBe(false);
    expect(await words(id)).toEqual([]);
  });

  it('for a participant that is neither caller nor agent', async () => {
    const { room, joined } = await joinedCall();
    await joined('listener_1', 'caller');
    await joined('sip_1', 'other');
    await one.domain.listen();
    expect(one.ears.rooms.has(room)).toBe(false);
    expect((await real.store.findCallByRoom(room))?.status).toBe('created');
  });

  it('where the machine cannot', async () => {
    const { room, caller, joined } = await joinedCall();
    one.ears.isInstalled = false;
    await joined(caller, 'caller');
    await joined('agent-1', 'agent');
    await waitFor(async () => (await real.store.findCallByRoom(room))?.listener_id === null);
    await one.domain.listen();
    expect(one.ears.joins).toBe(0);
  });
});
