/** Nothing on a record lies outside its call, whoever tells of it and however late: no turn, no sound. */
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { realApp } from '../support/real-app.js';
import type { RealApp } from '../support/real-app.js';

const BYTES_A_MS = 64;
const audio_cache = { lookups: 3, hits: 2, misses: 1, new_entries: 1 };

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

/** A call that its caller has joined, and the ways to tell of it. Times are milliseconds after its start. */
async function call() {
  const { callId, grant, jobToken } = await claimedCall(real);
  const room = { name: real.roomOf(grant) };
  const participant = { sid: 'PA_caller', identity: decodeJwt(grant.access_token).sub };
  let hints = 0;
  const hint = (event: string, more: object = {}) =>
    real.webhook({ event, id: `EV_${callId}_${(hints += 1)}`, room, participant, ...more });
  await hint('participant_joined');
  const start = real.clock.at;
  const at = (ms: number) => new Date(start + ms).toISOString();
  const headers = { authorization: `Bearer ${jobToken}` };
  const path = `/v1/agent-jobs/${callId}`;
  let seq = 0;
  return {
    /** The time of the call, from its start. */
    now: (ms: number) => (real.clock.at = start + ms),
    say: async (role: string, from: number, to: number, content = 'Some words.') => {
      seq += 1;
      const times = { started_at: at(from), ended_at: at(to) };
      const turn = { seq, type: 'turn', turn_id: `t${seq}`, role, content, ...times };
      const answer = await real.api('POST', `${path}/events`, { events: [turn] }, headers);
      expect(answer).toEqual({ status: 200, body: { next_seq: seq + 1 } });
    },
    record: async (number: number, from: number, ms: number) => {
      const answer = await real.request(`${path}/recording/${number}`, {
        method: 'PUT',
        headers: {
          ...headers,
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
          'x-started-at': at(from),
        },
        body: new Uint8Array(ms * BYTES_A_MS).fill(number + 1),
      });
      expect([answer.status, await answer.json()]).toEqual([200, { next_seq: number + 1 }]);
    },
    leave: () => hint('participant_left'),
    comeBack: () => hint('participant_joined', { participant: { ...participant, sid: 'PA_2' } }),
    terminate: () => real.api('POST', `/v1/web-calls/${callId}/terminate`, {}),
    finish: (end_reason: string, more: object = {}) =>
      real.api('POST', `${path}/outcome`, { end_reason, ...more }, headers),
    /** When each row of a type stands on the timeline. */
    timed: async (...types: string[]) => {
      const { timeline } = await real.readCall(callId);
      const found = timeline.filter(({ type }) => types.includes(type));
      return found.map((one) => `${one.type} ${Date.parse(one.at) - start}`);
    },
    note: async (name: string, when: number) => {
      seq += 1;
      const event = { seq, type: 'note', name, at: at(when) };
      const answer = await real.api('POST', `${path}/events`, { events: [event] }, headers);
      expect(answer.status).toBe(200);
    },
    read: () => real.readCall(callId),
    turns: async () => {
      const { transcript, turn_count } = await real.readCall(callId);
      expect(turn_count).toBe(transcript.length);
      return transcript.map(
        ({ role, start_ms, end_ms, interrupted }) =>
          `${role} ${start_ms}-${end_ms}${interrupted ? ' cut' : ''}`,
      );
    },
    recorded: async () => {
      const { recording } = await real.readCall(callId);
      if (!recording.url) return null;
      const { pathname, search } = new URL(recording.url, 'http://127.0.0.1');
      const answer = await real.request(pathname + search);
      return { ...recording, pcm: new Uint8Array(await answer.arrayBuffer()).subarray(44) };
    },
  };
}

describe('what is told after the end', () => {
  it('is kept as far as it lies before', async () => {
    const one = await call();
    one.now(8_000);
    await one.terminate();
    one.now(9_500);
    await one.say('user', 6_300, 8_200);
    await one.say('agent', 7_000, 9_400);
    await one.say('agent', 8_000, 9_000);
    await one.say('user', 9_219, 9_223);
    expect(await one.turns()).toEqual([
      'user 6300-8000',
      'agent 7000-8000 cut',
      // It was said before, for the caller was gone: words are known later than they are spoken.
      'user 8000-8000',
    ]);
  });

  it('is dated within the call where it is of an agent’s work', async () => {
    const one = await call();
    one.now(8_000);
    await one.terminate();
    one.now(9_500);
    await one.note('tired', 9_200);
    await one.finish('user_disconnected', { audio_cache });
    const types = ['call_ended', 'tired', 'audio_cache_used'] as const;
    expect(await one.timed(...types)).toEqual(types.map((type) => `${type} 8000`));
  });

  it('is cut where the call ended, in a recording', async () => {
    const one = await call();
    await one.record(0, 500, 2_000);
    one.now(4_000);
    await one.terminate();
    await one.record(1, 500, 2_000);
    await one.record(2, 500, 2_000);
    await one.finish('user_disconnected');
    const recorded = await one.recorded();
    expect(recorded).toMatchObject({ status: 'available', offset_ms: 500, duration_ms: 3_500 });
    expect(recorded?.pcm).toHaveLength(3_500 * BYTES_A_MS);
    expect(recorded?.pcm.at(-1)).toBe(2);
  });

  it('is no recording when all of it was heard after the call', async () => {
    const one = await call();
    one.now(1_000);
    await one.terminate();
    one.now(3_000);
    await one.record(0, 1_200, 1_000);
    await one.finish('user_disconnected');
    expect((await one.read()).recording).toMatchObject({ status: 'none', bytes: null });
  });
});

describe('what is told between a leaving and the end that it turns out to be', () => {
  it('goes, where it lies behind', async () => {
    const one = await call();
    one.now(3_000);
    await one.record(0, 0, 3_000);
    await one.leave();
    one.now(5_000);
    await one.say('user', 1_000, 3_100);
    await one.say('agent', 2_900, 4_500);
    await one.say('agent', 3_200, 5_000);
    await one.record(1, 0, 2_000);
    await one.finish('user_disconnected');
    expect(await one.turns()).toHaveLength(3);
    one.now(8_000);
    await real.domain.closeDueCalls();
    expect(await one.read()).toMatchObject({ duration_ms: 3_000, end_reason: 'user_disconnected' });
    expect(await one.turns()).toEqual(['user 1000-3000', 'agent 2900-3000 cut']);
    await one.finish('user_disconnected');
    expect(await one.recorded()).toMatchObject({ duration_ms: 3_000 });
  });

  it('is dated within the call where it is of an agent’s work', async () => {
    const one = await call();
    one.now(3_000);
    await one.leave();
    one.now(4_500);
    await one.note('tired', 4_000);
    await one.finish('user_disconnected', { audio_cache });
    one.now(8_000);
    await real.domain.closeDueCalls();
    const types = ['tired', 'audio_cache_used', 'call_ended'] as const;
    expect(await one.timed(...types)).toEqual(types.map((type) => `${type} 3000`));
  });

  it('stays, where the caller came back', async () => {
    const one = await call();
    one.now(3_000);
    await one.leave();
    one.now(4_000);
    await one.say('agent', 3_200, 3_900);
    await one.comeBack();
    one.now(9_000);
    await one.terminate();
    expect(await one.turns()).toEqual(['agent 3200-3900']);
  });
});
