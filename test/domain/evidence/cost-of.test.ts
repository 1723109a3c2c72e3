/** Usage and its cost, and latencies per stage. */
import { describe, expect, it } from 'vitest';
import { latencyOf } from '../../../server/domain/calls/latency-of.js';
import { costOf, usageOf } from '../../../server/domain/evidence/cost-of.js';
import type { PriceList } from '../../../server/domain/evidence/price-list.js';
import type { ProviderUsage } from '../../../sdk/wire/call.js';

const used: ProviderUsage[] = [
  { kind: 'transcriber', provider: 'deepgram', model: 'nova-3', speech_ms: 90_000 },
  { kind: 'llm', provider: 'openai', model: 'small', input_tokens: 20_000, output_tokens: 500 },
  { kind: 'llm', provider: 'openai', model: 'large', input_tokens: 1_000, output_tokens: 100 },
  { kind: 'voice', provider: 'cartesia', model: null, characters: 300, speech_ms: 18_000 },
];
const list: PriceList = {
  currency: 'EUR',
  prices: [
    { kind: 'transcriber', provider: 'deepgram', unit: 'minute', price: 0.01 },
    { kind: 'llm', provider: 'openai', unit: 'million_input_tokens', price: 1 },
    { kind: 'llm', provider: 'openai', model: 'large', unit: 'million_input_tokens', price: 10 },
    { kind: 'llm', provider: 'openai', model: 'large', unit: 'million_output_tokens', price: 40 },
    { kind: 'voice', provider: 'cartesia', unit: 'million_characters', price: 50 },
    { kind: 'voice', provider: 'deepgram', unit: 'minute', price: 7 },
  ],
};

describe('usage', () => {
  it('is added up by what the providers do', () => {
    expect(usageOf(used)).toEqual({
      speech_ms: 90_000,
      llm_input_tokens: 21_000,
      llm_output_tokens: 600,
      voice_characters: 300,
      providers: used,
    });
  });

  it('costs what the list says of the model, or of its provider', () => {
    const cost = costOf(usageOf(used), list);
    const shown = cost?.parts.map(({ provider, model, unit, quantity, price, amount }) =>
      [provider, model, unit, quantity, price, amount].join(' '),
    );
    expect(shown).toEqual([
      'deepgram nova-3 minute 1.5 0.01 0.015',
      'openai small million_input_tokens 0.02 1 0.02',
      // The list says nothing of what this model writes: that is told, and not taken for nothing.
      'openai small million_output_tokens 0.0005  ',
      'openai large million_input_tokens 0.001 10 0.01',
      'openai large million_output_tokens 0.0001 40 0.004',
      'cartesia  million_characters 0.0003 50 0.015',
    ]);
    expect(cost).toMatchObject({ currency: 'EUR', total: 0.064 });
  });

  it('costs nothing that is known without a list or without usage', () => {
    expect([costOf(usageOf(used), null), costOf(null, list)]).toEqual([null, null]);
    expect(costOf(usageOf([]), list)).toEqual({ currency: 'EUR', total: 0, parts: [] });
  });
});

describe('latency', () => {
  const turn = (total_ms: number | null, llm_ms: number | null = null) => ({
    latency: { end_of_turn_ms: null, stt_ms: null, tts_ms: null, llm_ms, total_ms },
  });

  it('is told per stage by values that were measured', () => {
    const turns = Array.from({ length: 200 }, (_, n) => turn(n + 1, n === 3 ? 12 : null)).reverse();
    expect(latencyOf([{ latency: null }, ...turns])).toEqual({
      answers: 200,
      end_of_turn_ms: null,
      stt_ms: null,
      llm_ms: { p50: 12, p90: 12, p99: 12 },
      tts_ms: null,
      total_ms: { p50: 100, p90: 180, p99: 198 },
    });
  });

  it('is not told where nothing was measured', () => {
    expect(latencyOf([{ latency: null }, {}])).toBeNull();
    expect(latencyOf([turn(null)])?.total_ms).toBeNull();
  });
});
