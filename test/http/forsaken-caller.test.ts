/** A caller whose call no worker has taken: the agent is asked for once more. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

/** A call whose caller is in its room, alone, since so long. */
async function waiting(ms: number): Promise<CreateWebCallResponse> {
  const { body: grant } = await real.createCall();
  const room = real.roomOf(grant);
  const identity = (await real.store.findCall(grant.call_id))?.caller_identity ?? '';
  const joinedAt = real.clock.now();
  real.media.rooms.set(room, [{ identity, kind: 'caller', active: true, joinedAt }]);
  real.media.withoutJob.add(room);
  await real.domain.reconcile(false);
  real.clock.at += ms;
  return grant;
}

const steps = async ({ call_id }: CreateWebCallResponse) =>
  (await real.readCall(call_id)).timeline.map(({ type }) => type);
const isAskedAgain = async (grant: CreateWebCallResponse): Promise<boolean> => {
  const before = real.media.askedAgain.length;
  await real.domain.reconcile(false);
  const asked = real.media.askedAgain.slice(before).includes(real.roomOf(grant));
  await real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
  return asked;
};

it('after some seconds, and its record tells', async () => {
  const grant = await waiting(6_500);
  expect(await isAskedAgain(grant)).toBe(true);
  expect(await steps(grant)).toEqual([
    'call_created',
    'caller_joined',
    'agent_asked_again',
    'call_ended',
  ]);
});

it('not while an agent may be on its way, and not where one has claimed the job or is there', async () => {
  expect(await isAskedAgain(await waiting(5_000))).toBe(false);
  const claimed = await waiting(6_500);
  const token = await real.media.agentToken(real.roomOf(claimed));
  const bearer = { authorization: `Bearer ${token}` };
  await real.api('POST', `/v1/agent-jobs/${claimed.call_id}/claim`, {}, bearer);
  expect(await isAskedAgain(claimed)).toBe(false);
  const answered = await waiting(6_500);
  real.media.rooms.get(real.roomOf(answered))?.push({
    identity: 'agent-1',
    kind: 'agent',
    active: false,
  });
  expect(await isAskedAgain(answered)).toBe(false);
});

it('and waits longer for one whose agent is on its way or has claimed the job, 30 s in all', async () => {
  const isOver = async (grant: CreateWebCallResponse) =>
    (await real.readCall(grant.call_id)).end_reason === 'agent_did_not_join';
  const passed = async (ms: number) => {
    real.clock.at += ms;
    await real.domain.reconcile(false);
    await real.domain.closeDueCalls();
  };
  const [coming, claimed, nobody] = [await waiting(0), await waiting(0), await waiting(0)];
  for (const grant of [coming, claimed, nobody]) {
    real.media.withoutJob.delete(real.roomOf(grant));
  }
  real.media.withJob.add(real.roomOf(coming));
  await passed(14_000);
  const bearer = {
    authorization: `Bearer ${await real.media.agentToken(real.roomOf(claimed))}`,
  };
  await real.api('POST', `/v1/agent-jobs/${claimed.call_id}/claim`, {}, bearer);
  await passed(2_000);
  const all = async () => Promise.all([coming, claimed, nobody].map(isOver));
  expect(await all()).toEqual([false, false, true]);
  await passed(13_000);
  expect(await all()).toEqual([false, true, true]);
  await passed(2_000);
  expect(await all()).toEqual([true, true, true]);
});

it('and a media server that knows no such request costs the others nothing', async () => {
  const [odd, good] = [await waiting(1_500), await waiting(1_500)];
  real.clock.at += 5_000;
  const ask = real.media.askAgentAgain.bind(real.media);
  real.media.askAgentAgain = (room) =>
    room === real.roomOf(odd) ? Promise.reject(new Error('bad_route')) : ask(room);
  expect(await isAskedAgain(good)).toBe(true);
  expect(await steps(odd)).not.toContain('agent_asked_again');
  real.media.askAgentAgain = ask;
});
