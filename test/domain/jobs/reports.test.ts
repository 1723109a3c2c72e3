/** What an agent reports, over a real database: told twice it stands there once, and it cannot fill or forge a record. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimedCall } from '../../support/claimed-call.js';
import { realApp } from '../../support/real-app.js';
import type { AgentJobEvent } from '../../../sdk/wire/agent-job.js';
import type { RealApp } from '../../support/real-app.js';

const unmeasured = { end_of_turn_ms: null, stt_ms: null, llm_ms: null, tts_ms: null };

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

async function reportedCall() {
  const { callId, jobToken } = await claimedCall(real);
  const at = real.clock.now().toISOString();
  return {
    callId,
    jobToken,
    read: () => real.readCall(callId),
    report: (...events: AgentJobEvent[]) => real.domain.reportEvents(callId, jobToken, events),
    note: (seq: number, name: string, detail?: Record<string, unknown>): AgentJobEvent => ({
      seq,
      type: 'note',
      at,
      name,
      ...(detail ? { detail } : {}),
    }),
    turn: (seq: number, turn_id: string, total_ms?: number): AgentJobEvent => ({
      seq,
      type: 'turn',
      turn_id,
      role: 'agent',
      content: 'Hello.',
      started_at: at,
      ended_at: at,
      ...(total_ms === undefined ? {} : { latency: { ...unmeasured, total_ms } }),
    }),
  };
}

describe('an agent’s reports', () => {
  it('count a turn once under however many numbers, and each number once', async () => {
    const { report, turn, note, read } = await reportedCall();
    await report(turn(1, 't1'), turn(2, 't1'), note(3, 'one'), note(3, 'two'));
    await report(turn(4, 't1'), turn(5, 't2'));
    const call = await read();
    expect(call.transcript.map(({ id }) => id)).toEqual(['t1', 't2']);
    expect(call.turn_count).toBe(2);
    expect(call.timeline.map(({ type }) => type)).toEqual(['call_created', 'one']);
  });

  it('say which of the caller’s turns were typed, of which there is nothing to be sure of', async () => {
    const { report, turn, read } = await reportedCall();
    const spoken = { ...turn(1, 't1'), role: 'user', confidence: 0.9 } as AgentJobEvent;
    const typed = { ...turn(2, 't2'), role: 'user', confidence: 1, via: 'text' } as AgentJobEvent;
    await report(spoken, typed);
    expect((await read()).transcript.map(({ via, confidence }) => [via, confidence])).toEqual([
      ['speech', 0.9],
      ['text', null],
    ]);
  });

  it('give the call the median of its turns’ latencies', async () => {
    const { report, turn, read } = await reportedCall();
    await report(turn(1, 't1'));
    expect((await read()).latency_ms).toBeNull();
    await report(turn(2, 't2', 900), turn(3, 't3', 300), turn(4, 't4', 500), turn(5, 't5', 700));
    expect((await read()).latency_ms).toBe(500);
  });

  it('cannot write what only the server writes', async () => {
    const { report, note, read } = await reportedCall();
    await report(note(1, 'call_ended', { end_reason: 'completed' }), note(2, 'call_transfer'));
    const call = await read();
    expect(call.ended_at).toBeNull();
    expect(call.timeline.slice(1).map(({ type, detail }) => ({ type, detail }))).toEqual([
      { type: 'note', detail: { name: 'call_ended', end_reason: 'completed' } },
      { type: 'call_transfer', detail: {} },
    ]);
  });

  it('cannot fill the record', async () => {
    const { report, note, read } = await reportedCall();
    await report(note(1, 'big', { text: 'x'.repeat(4_001) }), note(10_000, 'last'));
    expect(await report(note(10_001, 'too many'))).toEqual({ next_seq: 10_002 });
    expect((await read()).timeline.slice(1).map(({ type, detail }) => [type, detail])).toEqual([
      ['big', { left_out: 'more than 4000 characters' }],
      ['last', {}],
    ]);
  });

  it('end with one outcome, however often it is sent', async () => {
    const { callId, jobToken, read } = await reportedCall();
    const audio_cache = { lookups: 3, hits: 2, misses: 1, new_entries: 1 };
    const outcome = { end_reason: 'agent_disconnected', audio_cache } as const;
    await real.domain.reportOutcome(callId, jobToken, outcome);
    await real.domain.reportOutcome(callId, jobToken, outcome);
    const types = (await read()).timeline.map(({ type }) => type);
    expect(types).toEqual(['call_created', 'audio_cache_used', 'call_ended']);
  });
});
