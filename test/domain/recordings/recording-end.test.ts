/** When a recording is closed, whoever is late, on a real database. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimedCall } from '../../support/claimed-call.js';
import { realApp } from '../../support/real-app.js';
import type { RealApp } from '../../support/real-app.js';

const SECOND = new Uint8Array(64_000);

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

async function recordedCall() {
  const { callId, grant, jobToken } = await claimedCall(real);
  const room = { name: real.roomOf(grant) };
  const participant = { sid: 'PA_caller', identity: decodeJwt(grant.access_token).sub };
  await real.webhook({ event: 'participant_joined', id: `EV_${callId}`, room, participant });
  const path = `/v1/agent-jobs/${callId}`;
  const headers = { authorization: `Bearer ${jobToken}` };
  const put = async (seq: number, startedAt = real.clock.now().toISOString()) =>
    (
      await real.request(`${path}/recording/${seq}`, {
        method: 'PUT',
        headers: {
          ...headers,
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
          'x-started-at': startedAt,
        },
        body: SECOND,
      })
    ).status;
  const tellEnd = () =>
    real.api('POST', `${path}/outcome`, { end_reason: 'agent_disconnected' }, headers);
  const recording = async () => (await real.readCall(callId)).recording;
  const terminate = () => real.api('POST', `/v1/web-calls/${callId}/terminate`, {});
  /** The call goes on. */
  const pass = (ms: number) => (real.clock.at += ms);
  return { put, tellEnd, recording, terminate, pass };
}

it('is there as soon as the agent has told the end, and takes what is late', async () => {
  const call = await recordedCall();
  expect(await call.put(0)).toBe(200);
  call.pass(5_000);
  expect((await call.tellEnd()).status).toBe(200);
  expect(await call.recording()).toMatchObject({ status: 'available', duration_ms: 1_000 });
  real.clock.at += 30_000;
  await real.domain.closeDueCalls();
  expect(await call.put(1)).toBe(200);
  expect(await call.recording()).toMatchObject({ status: 'available', duration_ms: 2_000 });
});

it('waits a while for an agent that tells no end, and takes what comes later still', async () => {
  const call = await recordedCall();
  await call.put(0);
  call.pass(5_000);
  await call.terminate();
  real.clock.at += 10_000;
  await real.domain.closeDueCalls();
  expect((await call.recording()).status).toBe('recording');
  expect(await call.put(1)).toBe(200);
  real.clock.at += 10_000;
  await real.domain.closeDueCalls();
  expect(await call.recording()).toMatchObject({ status: 'available', duration_ms: 2_000 });
  expect(await call.put(2)).toBe(200);
  expect(await call.recording()).toMatchObject({ status: 'available', duration_ms: 3_000 });
});

it.each(['1999-01-01T00:00:00Z', '2199-01-01T00:00:00Z'])(
  'does not begin at %s because an agent says so',
  async (moment) => {
    const call = await recordedCall();
    await call.put(0, moment);
    expect(Math.abs((await call.recording()).offset_ms ?? Infinity)).toBeLessThan(300_000);
  },
);
