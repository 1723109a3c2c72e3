/** `/v1/agent-jobs`: what a worker may send, and what a lying one gets. */
import { describe, expect, it, vi } from 'vitest';
import { SECRET_KEY, refusal } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';

const token = { authorization: 'Bearer eyJ.job.token' };
const at = '2026-11-23T10:00:00.000Z';
const turn = {
  seq: 1,
  type: 'turn',
  turn_id: 't1',
  role: 'user',
  content: 'hello',
  started_at: at,
  ended_at: at,
};

describe('events', () => {
  const path = '/v1/agent-jobs/call_1/events';

  it('hands them to the verb in order', async () => {
    const reportEvents = vi.fn(() => Promise.resolve({ next_seq: 3 }));
    const { request } = testApp({ reportEvents });
    const events = [turn, { seq: 2, type: 'note', at, name: 'model_loaded' }];
    const answer = await request(path, jsonPost({ events }, token));
    expect(await answer.json()).toEqual({ next_seq: 3 });
    expect(reportEvents).toHaveBeenCalledWith('call_1', 'eyJ.job.token', events);
  });

  const unmeasured = { end_of_turn_ms: null, stt_ms: null, llm_ms: null, tts_ms: null };
  const lies: [string, unknown, RegExp][] = [
    ['no events', { events: [] }, /events/],
    ['too many', { events: Array.from({ length: 101 }, () => turn) }, /events/],
    ['an unknown type', { events: [{ ...turn, type: 'gossip' }] }, /events\[0\]\.type/],
    ['an unknown field', { events: [{ ...turn, mood: 'x' }] }, /events\[0\]\.mood/],
    ['a role of its own', { events: [{ ...turn, role: 'system' }] }, /events\[0\]\.role/],
    ['a seq of 0', { events: [{ ...turn, seq: 0 }] }, /events\[0\]\.seq/],
    ['a confidence above 1', { events: [{ ...turn, confidence: 2 }] }, /confidence/],
    ['a time that is none', { events: [{ ...turn, started_at: 'now' }] }, /started_at/],
    [
      'a latency beyond all calls',
      { events: [{ ...turn, latency: { ...unmeasured, total_ms: 1e308 } }] },
      /total_ms/,
    ],
    [
      'a function that took longer than all calls',
      { events: [{ seq: 1, type: 'function', at, name: 'f', ok: true, latency_ms: 1e308 }] },
      /latency_ms/,
    ],
    ['a novel', { events: [{ ...turn, content: 'x'.repeat(20_001) }] }, /content/],
  ];
  it.each(lies)('refuses %s', async (_name, body, message) => {
    const answer = await testApp().request(path, jsonPost(body, token));
    expect(answer.status).toBe(400);
    const error = (await answer.json()) as { message: string | string[] };
    expect([error.message].flat().join(' ')).toMatch(message);
  });

  it('refuses no token, a key, and a token that is not this job’s', async () => {
    const reportEvents = () => Promise.reject(refusal('token_invalid'));
    const { request } = testApp({ reportEvents });
    const status = async (headers: Record<string, string>) =>
      (await request(path, jsonPost({ events: [turn] }, headers))).status;
    expect(await status({})).toBe(401);
    expect(await status({ authorization: `Bearer ${SECRET_KEY}` })).toBe(401);
    expect(await status(token)).toBe(401);
  });
});

describe('recording', () => {
  const chunk = (body: Uint8Array, headers: Record<string, string> = {}): RequestInit => ({
    method: 'PUT',
    headers: { 'content-type': 'audio/pcm', 'x-sample-rate': '16000', ...token, ...headers },
    body: new Uint8Array(body),
  });

  it('hands the samples to the verb', async () => {
    const appendRecording = vi.fn(() => Promise.resolve({ next_seq: 1 }));
    const { request } = testApp({ appendRecording });
    const init = chunk(new Uint8Array(8), { 'x-started-at': at });
    const answer = await request('/v1/agent-jobs/call_1/recording/0', init);
    expect(await answer.json()).toEqual({ next_seq: 1 });
    expect(appendRecording).toHaveBeenCalledWith('call_1', 'eyJ.job.token', {
      seq: 0,
      pcm: Buffer.alloc(8),
      sampleRate: 16_000,
      startedAt: at,
    });
  });

  it.each([
    ['half a sample', '0', chunk(new Uint8Array(7)), 400],
    ['no rate', '0', chunk(new Uint8Array(8), { 'x-sample-rate': '' }), 400],
    ['a rate of 1', '0', chunk(new Uint8Array(8), { 'x-sample-rate': '1' }), 400],
    ['a seq that is none', 'x', chunk(new Uint8Array(8)), 400],
    ['JSON', '0', chunk(new Uint8Array(8), { 'content-type': 'application/json' }), 415],
    ['more than 1 MiB', '0', chunk(new Uint8Array(1_048_580)), 413],
  ])('refuses %s', async (_name, seq, init, status) => {
    const answer = await testApp().request(`/v1/agent-jobs/call_1/recording/${seq}`, init);
    expect(answer.status).toBe(status);
  });
});

describe('outcome', () => {
  it('is the agent’s to say, within the agent’s words, and is answered by how the call really ended', async () => {
    const ended = {
      call_id: 'call_1',
      status: 'completed',
      end_reason: 'terminated_by_api',
      ended_at: at,
    } as const;
    const reportOutcome = vi.fn(() => Promise.resolve(ended));
    const { request } = testApp({ reportOutcome });
    const path = '/v1/agent-jobs/call_1/outcome';
    const status = async (body: unknown) => (await request(path, jsonPost(body, token))).status;
    expect(await status({ end_reason: 'agent_disconnected' })).toBe(200);
    expect(await status({ end_reason: 'terminated_by_api' })).toBe(400);
    expect(await status({})).toBe(400);
    expect(reportOutcome).toHaveBeenCalledTimes(1);
    const answer = await request(path, jsonPost({ end_reason: 'agent_disconnected' }, token));
    expect(await answer.json()).toEqual(ended);
  });
});
