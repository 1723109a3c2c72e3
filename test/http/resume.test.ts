/** Grants without a new call: to take a call up again on the visitor's next page, and to try the way to the media server. */
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { HOME, realApp } from '../support/real-app.js';
import type { CreateWebCallResponse, MediaGrant } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());
afterEach(() => real.domain.endOpenCalls('test'));

const claims = ({ access_token: token }: MediaGrant) =>
  decodeJwt(token) as { sub: string; video: { room: string }; roomConfig: { agents?: unknown } };
const ask = (grant: CreateWebCallResponse, verb: string, body: object) =>
  real.api('POST', `/v1/web-calls/${grant.call_id}/${verb}`, body, { origin: HOME });
const leavePage = (grant: CreateWebCallResponse) =>
  ask(grant, 'terminate', {
    call_token: grant.call_token,
    reason: 'page_closed',
    may_return: true,
    participant_sid: `PA_1_${grant.call_id}`,
  });
const resume = (grant: CreateWebCallResponse, token = grant.call_token) =>
  ask(grant, 'resume', { call_token: token });
const tell = (grant: CreateWebCallResponse, event: string, sid: string, reason?: string) =>
  real.webhook({
    event,
    id: `EV_${event}_${sid}`,
    room: { name: real.roomOf(grant) },
    participant: { sid, identity: claims(grant).sub, disconnectReason: reason },
  });
const joined = async () => {
  const { body: grant } = await real.createCall();
  await tell(grant, 'participant_joined', `PA_1_${grant.call_id}`);
  await real.webhook({
    event: 'participant_joined',
    id: `EV_agent_${grant.call_id}`,
    room: { name: real.roomOf(grant) },
    participant: { sid: 'PA_agent', identity: 'agent-1', kind: 'AGENT' },
  });
  return grant;
};
const steps = async (grant: CreateWebCallResponse) =>
  (await real.readCall(grant.call_id)).timeline.map(({ type }) => type);

describe('a call between two pages of its visitor', () => {
  it('goes on with the page that takes it up again, in the same room and as the same caller', async () => {
    const grant = await joined();
    expect(await leavePage(grant)).toMatchObject({ status: 200, body: { end_reason: null } });
    // What the media server notices of the page that is gone comes late, and changes nothing.
    await tell(grant, 'participant_left', `PA_1_${grant.call_id}`, 'SIGNAL_CLOSE');
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    const again = await resume(grant);
    expect(again).toMatchObject({ status: 200, body: { server_url: grant.server_url } });
    expect(claims(again.body)).toMatchObject({
      sub: claims(grant).sub,
      video: { room: real.roomOf(grant) },
    });
    // The call has its agent.
    expect(claims(again.body).roomConfig.agents).toBeUndefined();
    await tell(grant, 'participant_joined', `PA_2_${grant.call_id}`);
    real.clock.at += 20_000;
    await real.domain.closeDueCalls();
    expect(await real.readCall(grant.call_id)).toMatchObject({ end_reason: null });
    expect(await steps(grant)).toEqual([
      'call_created',
      'caller_joined',
      'agent_joined',
      'agent_answered',
      'caller_left',
      'caller_returned',
    ]);
    const { explanation } = await real.readCall(grant.call_id);
    expect(explanation.findings.map(({ code }) => code)).not.toContain('connection_lost');
    expect(explanation.sentences).toContain(
      'The caller reloaded the page or went to another one once, and the call went on.',
    );
  });

  it('goes on when the word of the page that was left comes after the next page', async () => {
    const grant = await joined();
    await resume(grant);
    await tell(grant, 'participant_joined', `PA_2_${grant.call_id}`);
    await leavePage(grant);
    real.clock.at += 20_000;
    await real.domain.closeDueCalls();
    expect(await real.readCall(grant.call_id)).toMatchObject({ end_reason: null });
  });

  it('is not taken for one that came back while the media server still lists the first page', async () => {
    const grant = await joined();
    const identity = claims(grant).sub;
    const left = real.clock.at;
    await leavePage(grant);
    const listed = { identity, kind: 'caller', active: true } as const;
    const room = real.roomOf(grant);
    vi.spyOn(real.media, 'listRooms').mockResolvedValue([{ name: room }]);
    const list = vi.spyOn(real.media, 'listParticipants');
    list.mockResolvedValue([{ ...listed, joinedAt: new Date(left - 5_000) }]);
    real.clock.at += 1_000;
    await real.domain.reconcile();
    expect(await steps(grant)).not.toContain('caller_returned');
    list.mockResolvedValue([{ ...listed, joinedAt: new Date(left + 900) }]);
    await real.domain.reconcile();
    expect(await steps(grant)).toContain('caller_returned');
    vi.restoreAllMocks();
  });

  it('ends as page_closed, at the moment when the page was left, if no page takes it up', async () => {
    const grant = await joined();
    real.clock.at += 3_000;
    const left = real.clock.now().toISOString();
    await leavePage(grant);
    real.clock.at += 15_000;
    await real.domain.closeDueCalls();
    const call = await real.readCall(grant.call_id);
    expect(call).toMatchObject({ end_reason: 'page_closed', ended_at: left });
    expect(await resume(grant)).toMatchObject({
      status: 409,
      body: { code: 'call_already_ended' },
    });
  });

  it('is handed to nobody without its token', async () => {
    const grant = await joined();
    const refused = { status: 401, body: { code: 'token_invalid' } };
    expect(await resume(grant, 'dnx_call_of_another')).toMatchObject(refused);
    expect(await ask(grant, 'resume', {})).toMatchObject({ status: 401 });
  });
});

describe('a trial of the way to the media server', () => {
  const preflight = (headers: object) =>
    real.api('POST', '/v1/web-calls/preflight', undefined, headers);
  const counted = async () =>
    ((await real.api('GET', '/v1/calls?limit=200')).body as { data: unknown[] }).data.length;

  it('leads into a room of its own, with no agent and no record, which is deleted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const gone = vi.spyOn(real.media, 'deleteRoom').mockResolvedValue();
    const before = await counted();
    const { status, body } = await preflight(real.page);
    expect(status).toBe(201);
    const { video, roomConfig } = claims(body);
    expect(video).toMatchObject({ roomJoin: true, room: expect.stringMatching(/^trial_room_/) });
    expect(roomConfig).toEqual({ emptyTimeout: 30, departureTimeout: 1, maxParticipants: 1 });
    expect(claims((await preflight(real.page)).body).video.room).not.toBe(video.room);
    expect(await counted()).toBe(before);
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(gone.mock.calls.map(([name]) => name)).toContain(video.room);
    vi.restoreAllMocks();
  });

  it('is over after a minute, whoever makes its room again, and whatever became of the server', async () => {
    // The server that should delete it is gone.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { room } = claims((await preflight(real.page)).body).video;
    vi.useRealTimers();
    const foreign = room.replace(/ws_.*$/, `ws_${'0'.repeat(21)}`);
    const gone = vi.spyOn(real.media, 'deleteRoom').mockResolvedValue();
    vi.spyOn(real.media, 'listRooms').mockResolvedValue([{ name: room }, { name: foreign }]);
    const deleted = () => gone.mock.calls.flat().filter((name) => /^trial_room_/.test(name));
    const again = (event: string) =>
      real.webhook({ event, id: `EV_${event}_${real.clock.at}`, room: { name: room } });
    real.clock.at += 58_000;
    await again('room_started');
    await real.domain.closeTrials();
    expect(deleted()).toEqual([]);
    real.clock.at += 2_000;
    await real.domain.closeTrials();
    expect(deleted()).toEqual([room]);
    await again('room_started');
    expect(deleted()).toEqual([room, room]);
    vi.restoreAllMocks();
  });

  it('is for those who may start calls', async () => {
    const stranger = { ...real.page, origin: 'https://stranger.example' };
    expect(await preflight(stranger)).toMatchObject({ body: { code: 'origin_not_allowed' } });
    expect(await preflight({})).toMatchObject({ status: 401 });
  });
});
