/** An agent's ways in and out of a room, as the media server tells of them: in order, late, and the other way round. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

let events = 0;

interface Told {
  sid?: string;
  identity?: string;
  disconnectReason?: string;
  /** Seconds ago by the media server's clock. */
  ago?: number;
}

/** The agent of the product claims its job; one of somebody else's is known from its joining alone. */
describe.each(['that claims its job', 'that claims nothing'])('an agent %s', (kind) => {
  async function open() {
    const { body: grant } = await real.createCall();
    const room = real.roomOf(grant);
    const token = await real.media.agentToken(room);
    const path = `/v1/agent-jobs/${grant.call_id}`;
    const headers = { authorization: `Bearer ${token}` };
    if (kind === 'that claims its job') await real.api('POST', `${path}/claim`, {}, headers);
    const identity = decodeJwt(token).sub ?? '';
    const tell = async (event: string, { ago = 0, ...told }: Told): Promise<void> => {
      const status = await real.webhook({
        event,
        id: `EV_return_${(events += 1)}`,
        createdAt: String(Math.floor(real.clock.at / 1_000) - ago),
        room: { name: room },
        participant: { identity, kind: 'AGENT', ...told },
      });
      expect(status).toBe(200);
    };
    await real.joinCaller(grant);
    return { grant, identity, tell };
  }

  async function later(seconds: number): Promise<void> {
    real.clock.at += seconds * 1_000;
    await real.domain.closeDueCalls();
  }

  /** What the record says of the agent. */
  async function told(grant: CreateWebCallResponse) {
    const { timeline, status, end_reason } = await real.readCall(grant.call_id);
    const types = timeline.map(({ type }) => type).filter((type) => /agent|ended/.test(type));
    return { types, end: end_reason ?? status };
  }

  const lost = { disconnectReason: 'CONNECTION_TIMEOUT' };
  const hungUp = { disconnectReason: 'CLIENT_INITIATED' };

  it('that is back on a new connection before the old one is gone is still the same, and stays', async () => {
    const { grant, tell } = await open();
    await tell('participant_joined', { sid: 'PA_1' });
    await later(20);
    await tell('participant_joined', { sid: 'PA_2' });
    await tell('participant_left', { sid: 'PA_1', ...lost });
    await later(10);
    const before = ['agent_joined', 'agent_answered'];
    expect(await told(grant)).toEqual({ types: before, end: 'received' });
    await tell('participant_left', { sid: 'PA_2', ...hungUp });
    await later(10);
    expect(await told(grant)).toEqual({
      types: [...before, 'agent_left', 'call_ended'],
      end: 'agent_disconnected',
    });
  });

  it('is not taken for an earlier connection of itself that is told of too late', async () => {
    const { grant, tell } = await open();
    await later(10);
    await tell('participant_joined', { sid: 'PA_2' });
    await tell('participant_joined', { sid: 'PA_1', ago: 8 });
    await tell('participant_left', { sid: 'PA_1', ...lost });
    await later(10);
    expect((await told(grant)).end).toBe('received');
    await tell('participant_left', { sid: 'PA_2', ...hungUp });
    await later(10);
    expect((await told(grant)).end).toBe('agent_disconnected');
  });

  it('is another one where it has another name', async () => {
    const { grant, identity, tell } = await open();
    await tell('participant_joined', { sid: 'PA_1' });
    await tell('participant_joined', { sid: 'PA_b', identity: 'agent-b' });
    await tell('participant_left', { sid: 'PA_b', identity: 'agent-b', ...hungUp });
    await later(10);
    const call = await real.readCall(grant.call_id);
    expect(call.status).toBe('received');
    expect(call.timeline.filter(({ type }) => type === 'second_agent_joined')).toMatchObject([
      { detail: { identity: 'agent-b' } },
    ]);
    expect(call.participants).toMatchObject([{ role: 'caller' }, { role: 'agent', identity }]);
    await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
  });
});

describe('an agent that told of itself before the media server did', () => {
  /** It joined 23 s ago and answered 20 s ago. */
  async function answered() {
    const { body: grant } = await real.createCall();
    const room = real.roomOf(grant);
    await real.joinCaller(grant);
    const path = `/v1/agent-jobs/${grant.call_id}`;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const token = await real.media.agentToken(room);
    const { body: job } = await real.api('POST', `${path}/claim`, {}, bearer(token));
    const joinedAt = Math.ceil(real.clock.at / 1_000);
    real.clock.at += 3_000;
    const event = { seq: 1, type: 'answered', at: real.clock.now().toISOString() };
    const { job_token: jobToken } = job as { job_token: string };
    await real.api('POST', `${path}/events`, { events: [event] }, bearer(jobToken));
    real.clock.at += 20_000;
    const tell = (event: string, sid: string, createdAt: number, disconnectReason?: string) =>
      real.webhook({
        event,
        id: `EV_return_${(events += 1)}`,
        createdAt: String(createdAt),
        room: { name: room },
        participant: { sid, identity: decodeJwt(token).sub, kind: 'AGENT', disconnectReason },
      });
    return { callId: grant.call_id, joinedAt, now: Math.floor(real.clock.at / 1_000), tell };
  }

  it('has joined when a late webhook says so, and stays through a new connection', async () => {
    const { callId, joinedAt, now, tell } = await answered();
    await tell('participant_joined', 'PA_1', joinedAt);
    await tell('participant_joined', 'PA_2', now);
    await tell('participant_left', 'PA_1', now, 'CONNECTION_TIMEOUT');
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    const { timeline, status } = await real.readCall(callId);
    expect(status).toBe('received');
    const types = ['call_created', 'caller_joined', 'agent_joined', 'agent_answered'];
    expect(timeline.map(({ type }) => type)).toEqual(types);
    expect(Date.parse(timeline[2]?.at ?? '')).toBe(joinedAt * 1_000);
    await real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
  });

  it('has not come back where its joining is told after its leaving', async () => {
    const { callId, joinedAt, now, tell } = await answered();
    await tell('participant_left', 'PA_1', now, 'CLIENT_INITIATED');
    await tell('participant_joined', 'PA_1', joinedAt);
    real.clock.at += 10_000;
    await real.domain.closeDueCalls();
    const { timeline, end_reason: reason } = await real.readCall(callId);
    expect(reason).toBe('agent_disconnected');
    expect(timeline.map(({ type }) => type)).toEqual([
      ...['call_created', 'caller_joined', 'agent_joined', 'agent_answered', 'agent_left'],
      'call_ended',
    ]);
  });
});
