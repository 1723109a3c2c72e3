/** The latency of a call per stage, from the latencies of its turns. */
import type { CallLatency, Percentiles, TurnLatency } from '../../../sdk/wire/call.js';

/** `null`: no answer was measured. A percentile is a value that was measured: the nearest rank. */
export function latencyOf(turns: readonly { latency?: TurnLatency | null }[]): CallLatency | null {
  const measured = turns.flatMap(({ latency }) => latency ?? []);
  if (measured.length === 0) return null;
  const stage = (name: keyof TurnLatency): Percentiles | null =>
    percentilesOf(measured.flatMap((latency) => latency[name] ?? []));
  return {
    answers: measured.length,
    end_of_turn_ms: stage('end_of_turn_ms'),
    stt_ms: stage('stt_ms'),
    llm_ms: stage('llm_ms'),
    tts_ms: stage('tts_ms'),
    total_ms: stage('total_ms'),
  };
}

function percentilesOf(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p90: rank(0.9), p99: rank(0.99) };
}
