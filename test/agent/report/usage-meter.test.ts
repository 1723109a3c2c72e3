/** What a call uses, by the figures of the agent framework, and when it is told. */
import { EventEmitter } from 'node:events';
import { voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reportUsage } from '../../../server/agent/report/report-usage.js';
import { UsageMeter } from '../../../server/agent/report/usage-meter.js';
import type { UnnumberedEvent } from '../../../server/agent/report/report-queue.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const metadata = { modelProvider: 'api.example', modelName: 'nova-3' };

it('is added up by provider and model, and names the provider as the version does', () => {
  const meter = new UsageMeter();
  const [ears, mind, voices] = [new EventEmitter(), new EventEmitter(), new EventEmitter()];
  meter.follow('transcriber', { provider: 'deepgram' }, ears);
  meter.follow('llm', { provider: 'openai', model: 'small' }, mind);
  meter.follow('voice', { provider: 'offline' }, voices);
  for (const audioDurationMs of [1_000.4, 500]) {
    ears.emit('metrics_collected', { type: 'stt_metrics', audioDurationMs, metadata });
  }
  const llm = { type: 'llm_metrics', metadata: { modelName: 'small-2026-01' } };
  mind.emit('metrics_collected', { ...llm, promptTokens: 100, completionTokens: 7 });
  mind.emit('metrics_collected', { ...llm, promptTokens: -1, completionTokens: Number.NaN });
  mind.emit('metrics_collected', { type: 'vad_metrics', idleTimeMs: 4 });
  const tts = { type: 'tts_metrics', metadata: { modelName: 'unknown' } };
  voices.emit('metrics_collected', { ...tts, charactersCount: 12, audioDurationMs: 800 });
  expect(meter.providers()).toEqual([
    { kind: 'transcriber', provider: 'deepgram', model: 'nova-3', speech_ms: 1_500 },
    { kind: 'llm', provider: 'openai', model: 'small', input_tokens: 100, output_tokens: 7 },
    { kind: 'voice', provider: 'offline', model: null, characters: 12, speech_ms: 800 },
  ]);
});

it('is told at the end, now and then before, and never twice the same', () => {
  const told: UnnumberedEvent[] = [];
  const session = new EventEmitter();
  let characters = 1;
  const providers = () => [{ kind: 'voice', provider: 'p', model: null, characters }] as const;
  const tell = reportUsage(
    session as unknown as voice.AgentSession,
    { push: (event) => void told.push(event) },
    { providers: () => [...providers()] },
    0,
  );
  const turn = () => session.emit(voice.AgentSessionEventTypes.ConversationItemAdded, {});
  turn();
  expect(told).toHaveLength(0);
  vi.advanceTimersByTime(30_000);
  turn();
  turn();
  expect(told).toMatchObject([{ type: 'usage', providers: providers() }]);
  vi.advanceTimersByTime(30_000);
  turn();
  tell();
  expect(told).toHaveLength(1);
  characters = 2;
  tell();
  expect(told.at(-1)).toMatchObject({ providers: [{ characters: 2 }] });
});
