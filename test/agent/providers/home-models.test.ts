/** Servers at home that speak OpenAI's interface, and what becomes of an answer when one fails. */
import type { stt } from '@livekit/agents';
import { initializeLogger, llm, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import { readAgentConfig } from '../../../server/agent/config/agent-config.js';
import type { OfflineSpeechOutput } from '../../../server/agent/providers/build-tts.js';
import { buildLlm } from '../../../server/agent/providers/build-llm.js';
import { buildStt, hearAlike } from '../../../server/agent/providers/build-stt.js';
import { buildTts } from '../../../server/agent/providers/build-tts.js';
import { ProviderWatch } from '../../../server/agent/providers/provider-watch.js';
import { fallbacksOf } from '../../../server/domain/agents/fallbacks-of.js';
import { ANSWERED, HEARD, openFakeOpenai } from '../support/fake-openai.js';
import type { FakeOpenai, Fault } from '../support/fake-openai.js';
import { workshopSettings } from '../support/workshop-settings.js';

const HOME = 'openai_compatible';
const APOLOGY_MS = 400;
const PATIENCE_MS = 20_000;
/** What is told by the time that it takes; everything else is told at once, but later on a busy machine. */
const SLOW: (Fault | null)[] = ['silent', 'idle', 'stall', 'trickle'];
const limitOf = (fault: Fault | null): number => (SLOW.includes(fault) ? APOLOGY_MS : PATIENCE_MS);

/** `home` is what the version names; `spare` steps in, as the operator's `openai` behind a gateway. */
let home: FakeOpenai;
let spare: FakeOpenai;
let failed: { part: string; provider: string; error: string }[];
let lost: string[];

beforeAll(async () => {
  initializeLogger({ pretty: false, level: 'silent' });
  [home, spare] = await Promise.all([openFakeOpenai(), openFakeOpenai()]);
});
afterAll(() => Promise.all([home.close(), spare.close()]));
beforeEach(() => {
  Object.assign(home, { fault: null, calls: null, requests: [] });
  Object.assign(spare, { fault: null, requests: [] });
  home.sound = { contentType: 'audio/wav', rate: 24_000 };
  failed = [];
  lost = [];
});

function config(more: Record<string, string> = {}) {
  const result = readAgentConfig({
    LIVEKIT_URL: 'ws://127.0.0.1:1',
    LIVEKIT_API_KEY: 'k',
    LIVEKIT_API_SECRET: 's',
    LLM_BASE_URL: home.baseUrl,
    STT_BASE_URL: `${home.baseUrl}/`,
    TTS_BASE_URL: home.baseUrl,
    OPENAI_API_KEY: 'of-the-gateway',
    OPENAI_BASE_URL: spare.baseUrl,
    ...more,
  });
  if (!result.ok) throw new Error(result.faults.join('\n'));
  return result.config;
}

const watch = () =>
  new ProviderWatch({
    recognised: () => undefined,
    failed: (detail) => failed.push(detail),
    apologise: (part) => lost.push(part),
    giveUp: (reason) => lost.push(reason),
  });
const thought = {
  embedder: null,
  notes: { intent: () => undefined, facts: () => undefined },
};
const job = (patch: Partial<VersionSettings>) => {
  const settings = workshopSettings(patch);
  return { settings, variables: {}, fallbacks: fallbacksOf(settings).fallbacks };
};

describe('a language model at home', () => {
  const settings = { llm: { provider: HOME, model: 'qwen3:4b' } } as const;
  const withSpare = {
    ...settings,
    fallback_llm_enabled: true,
    llm_fallback_model: 'openai/gpt-4.1-mini',
    llm_fallback_delay_ms: PATIENCE_MS,
  } as const;

  async function ask(
    patch: Partial<VersionSettings>,
    more: Record<string, string> = {},
    timeoutMs = PATIENCE_MS,
  ) {
    const seen = watch();
    const model = await buildLlm(job(patch), config(more), seen, thought);
    const errors: Error[] = [];
    model.on('error', ({ error, recoverable }) => {
      if (!recoverable) errors.push(error);
    });
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: 'Where are you?' });
    const paint = llm.tool({
      description: 'Paints.',
      parameters: z.object({ colour: z.string() }),
      execute: () => Promise.resolve(''),
    });
    const connOptions = { maxRetry: 0, retryIntervalMs: 1, timeoutMs };
    let text = '';
    const calls: string[] = [];
    for await (const { delta } of model.chat({ chatCtx, toolCtx: { paint }, connOptions })) {
      text += delta?.content ?? '';
      calls.push(...(delta?.toolCalls ?? []).map(({ name, args }) => `${name} ${args}`));
    }
    return { text, calls, errors, by: seen.takeTurn('agent', true, text).llm };
  }

  it('is asked for the model of the version, without a key of anybody else', async () => {
    const answer = await ask(settings);
    expect(answer).toMatchObject({ text: ANSWERED, by: `${HOME}/qwen3:4b`, errors: [] });
    expect(home.requests[0]?.body).toMatchObject({ model: 'qwen3:4b', stream: true });
    expect(home.requests[0]?.authorization).not.toContain('of-the-gateway');
    await ask(settings, { LLM_API_KEY: 'of-the-house' });
    expect(home.requests.at(-1)?.authorization).toBe('Bearer of-the-house');
  });

  it('calls functions', async () => {
    home.calls = 'paint';
    expect((await ask(settings)).calls).toEqual(['paint {"colour": "red"}']);
  });

  it.each([
    ['down', /connection/i],
    ['refusal', /no such model/],
    ['silent', /timed out|within 400 ms/i],
    ['garbage', /JSON/],
    ['page', /answered nothing/],
    ['empty', /answered nothing/],
    ['idle', /no word came within 400 ms/],
    ['flood', /did not end/],
    ['rage', /500 its answer did not end/],
  ] satisfies [Fault, RegExp][])('that is %s says so, and another answers', async (fault, why) => {
    home.fault = fault;
    const limit = limitOf(fault);
    const alone = await ask(settings, {}, limit);
    expect(alone).toMatchObject({ text: '', by: null });
    expect(alone.errors).toHaveLength(1);
    expect(failed).toEqual([
      { part: 'llm', provider: `${HOME}/qwen3:4b`, error: expect.stringMatching(why) as string },
    ]);
    const helped = await ask({ ...withSpare, llm_fallback_delay_ms: limit }, {}, limit);
    expect(helped).toMatchObject({ text: ANSWERED, by: 'openai/gpt-4.1-mini', errors: [] });
  });

  it.each(['open', 'tail'] satisfies Fault[])(
    'that has said everything and does not hang up (%s) is not waited for',
    async (fault) => {
      home.fault = fault;
      const answer = await ask(settings);
      expect(answer).toMatchObject({ text: ANSWERED, errors: [] });
      expect(failed).toEqual([]);
    },
  );

  it('that calls a function without end says so, and another answers', async () => {
    Object.assign(home, { calls: 'paint', fault: 'endless' });
    expect(await ask(withSpare)).toMatchObject({ text: ANSWERED, calls: [], errors: [] });
    expect(failed.map(({ error }) => error)).toEqual([expect.stringMatching(/did not end/)]);
  });

  it.each([
    ['stall', /forgot to end/],
    ['cut', /terminated|closed/],
    ['nonsense', /JSON/],
    ['endless', /20000 characters/],
    ['sprawl', /did not end/],
  ] satisfies [Fault, RegExp][])(
    'that has begun and does not end (%s) is ended',
    async (fault, why) => {
      home.fault = fault;
      const { text, errors, by } = await ask(withSpare);
      expect([errors, by]).toEqual([[], `${HOME}/qwen3:4b`]);
      expect(text.startsWith(fault === 'endless' ? 'and on ' : ANSWERED)).toBe(true);
      expect(text.length).toBeLessThan(20_100);
      expect(failed.map(({ error }) => error)).toEqual([expect.stringMatching(why)]);
    },
    15_000,
  );
});

describe('a voice at home', () => {
  const settings = { voice: { provider: HOME, model: 'kokoro', voice_id: 'af_heart' } } as const;
  const withSpare = { ...settings, fallback_voices: ['openai/tts-1/alloy'] };

  async function speak(patch: Partial<VersionSettings>, timeoutMs = PATIENCE_MS) {
    const seen = watch();
    const voice = await buildTts(
      job(patch),
      config(),
      undefined as unknown as OfflineSpeechOutput,
      seen,
    );
    const errors: Error[] = [];
    voice.on('error', ({ error }) => errors.push(error));
    const connOptions = { maxRetry: 0, retryIntervalMs: 1, timeoutMs };
    const stream = voice.stream({ connOptions });
    stream.pushText('Good morning to you.');
    stream.endInput();
    let samples = 0;
    let crossings = 0;
    for await (const sound of stream) {
      if (sound === tts.SynthesizeStream.END_OF_STREAM) continue;
      const { data, samplesPerChannel } = sound.frame;
      samples += samplesPerChannel;
      for (let i = 1; i < data.length; i += 1) {
        if ((data[i - 1] ?? 0) < 0 && (data[i] ?? 0) >= 0) crossings += 1;
      }
    }
    await voice.close();
    const seconds = samples / voice.sampleRate;
    return {
      seconds,
      hertz: crossings / seconds,
      errors,
      by: seen.takeTurn('agent', true, '').voice,
    };
  }

  it.each([
    ['audio/wav', 24_000],
    ['audio/wav', 16_000],
    ['audio/wav', 44_100],
    ['audio/pcm', 24_000],
    ['audio/pcm;rate=22050', 22_050],
  ])('is played at the speed at which it was spoken: %s, %i', async (contentType, rate) => {
    home.sound = { contentType, rate };
    const { seconds, hertz, by } = await speak(settings);
    expect(seconds).toBeCloseTo(1, 1);
    expect(Math.abs(hertz - 440)).toBeLessThan(15);
    expect(by).toBe(`${HOME}/kokoro`);
    const body = { model: 'kokoro', voice: 'af_heart', response_format: 'wav' };
    expect(home.requests[0]?.body).toMatchObject(body);
  });

  it.each(['open', 'tail'] satisfies Fault[])(
    'that has said everything and does not hang up (%s) is heard to its end, and not waited for',
    async (fault) => {
      home.fault = fault;
      const { seconds, errors } = await speak(settings);
      expect(seconds).toBeCloseTo(1, 2);
      expect([errors, failed]).toEqual([[], []]);
    },
  );

  it.each([
    ['down', 'audio/wav', /fetch failed|socket/],
    ['refusal', 'audio/wav', /404.*no such model/],
    ['silent', 'audio/wav', /no sound came for 400 ms/],
    ['empty', 'audio/wav', /no sound/],
    ['garbage', 'application/json', /application\/json instead of WAV/],
    ['page', '', /text\/html instead of WAV/],
    ['flood', '', /instead of WAV/],
    ['rage', '', /\b500\b/],
    ['trickle', 'audio/wav', /no sound came for 400 ms/],
    ['padding', 'audio/wav', /WAV without sound/],
    [null, 'audio/mpeg', /audio\/mpeg instead of WAV/],
  ] satisfies [Fault | null, string, RegExp][])(
    'that is %s (%s) says so, and another speaks',
    async (fault, contentType, why) => {
      home.fault = fault;
      home.sound = { contentType, rate: 24_000 };
      const alone = await speak(settings, limitOf(fault));
      expect(alone).toMatchObject({ seconds: expect.anything() as number, by: null });
      expect(alone.errors).toHaveLength(1);
      expect(failed).toEqual([
        { part: 'voice', provider: `${HOME}/kokoro`, error: expect.stringMatching(why) as string },
      ]);
      const helped = await speak(withSpare, limitOf(fault));
      expect(helped.seconds).toBeCloseTo(1, 1);
      expect([helped.by, helped.errors]).toEqual(['openai/tts-1', []]);
    },
  );

  it.each([
    ['cut', 0.2, /terminated|closed/],
    ['idle', 0, /came too slowly/],
    ['endless', 180, /did not end/],
  ] satisfies [Fault, number, RegExp][])(
    'that has begun and does not end (%s) is ended',
    async (fault, seconds, why) => {
      home.fault = fault;
      const spoken = await speak(settings, fault === 'idle' ? APOLOGY_MS : PATIENCE_MS);
      expect(Math.abs(spoken.seconds - seconds)).toBeLessThan(0.01 + seconds / 100);
      expect(spoken.seconds).toBeLessThan(181);
      expect(failed.map(({ error }) => error)).toEqual([expect.stringMatching(why)]);
    },
  );

  it('has failed once in what is being said, and anew only in what is said after that', async () => {
    const seen = watch();
    const none = undefined as unknown as OfflineSpeechOutput;
    const voice = await buildTts(job(settings), config(), none, seen);
    voice.stream().close();
    seen.exhausted('voice');
    seen.exhausted('voice');
    expect(lost).toEqual([]);
    voice.stream().close();
    seen.exhausted('voice');
    expect(lost).toEqual(['A provider failed.']);
  });
});

describe('ears at home', () => {
  const settings = { transcriber: { provider: HOME, model: 'whisper-small' } } as const;
  const withSpare = {
    ...settings,
    fallback_stt_enabled: true,
    stt_fallback_transcriber_id: 'openai',
    stt_fallback_wait_ms: PATIENCE_MS,
  } as const;

  async function hear(patch: Partial<VersionSettings>) {
    const seen = watch();
    const ears = { recogniser: () => Promise.reject(new Error('none')) } as never;
    const recogniser = await buildStt(job(patch), config(), ears, seen);
    seen.hearsWith(() => recogniser.provider);
    const frame = new AudioFrame(new Int16Array(16_000), 16_000, 1, 16_000);
    const event: stt.SpeechEvent | Error = await recogniser
      .recognize(frame)
      .catch((error: unknown) => error as Error);
    const text = event instanceof Error ? null : event.alternatives?.[0].text;
    return { text, by: seen.takeTurn('user', true, '').transcriber };
  }

  it('are the same for versions that differ in nothing that is heard', () => {
    const same = { prompt: 'Be kind.', voice_speed: 2, functions: [] };
    expect(hearAlike(job(settings), job({ ...settings, ...same }))).toBe(true);
    const others: Partial<VersionSettings>[] = [
      { transcriber: { provider: 'offline' } },
      { language: 'de' },
      { boosted_keywords: ['puncture'] },
      { dialogue: null },
      withSpare,
    ];
    for (const other of others) {
      expect(hearAlike(job(settings), job({ ...settings, ...other })), JSON.stringify(other)).toBe(
        false,
      );
    }
  });

  it('hear', async () => {
    expect(await hear(settings)).toEqual({ text: HEARD, by: `${HOME}/whisper-small` });
  });

  it.each([
    ['down', /fetch failed|closed|hang up/],
    ['refusal', /404.*no such model/],
    ['silent', /no words came within 400 ms/],
    ['garbage', /no words: {"text": \[/],
    ['page', /no words: <html>/],
    ['empty', /no words: {}/],
    ['stall', /no words came within 400 ms/],
    ['cut', /terminated|closed/],
    ['flood', /did not end|no words came/],
  ] satisfies [Fault, RegExp][])('that are %s say so, and others hear', async (fault, why) => {
    home.fault = fault;
    const patch = { ...withSpare, stt_fallback_wait_ms: limitOf(fault) };
    expect(await hear(patch)).toEqual({ text: HEARD, by: 'openai' });
    expect(failed).toEqual([
      {
        part: 'transcriber',
        provider: `${HOME}/whisper-small`,
        error: expect.stringMatching(why) as string,
      },
    ]);
    expect(lost).toEqual([]);
  });

  it('of OpenAI that do not end what they say are no better', async () => {
    spare.fault = 'flood';
    expect(await hear({ transcriber: { provider: 'openai' } })).toMatchObject({ text: null });
    expect(failed.map(({ error }) => error)).toEqual([expect.stringMatching(/did not end/)]);
  });

  it('alone, lead to an apology, and at the third time to an end', async () => {
    home.fault = 'refusal';
    const seen = watch();
    const recogniser = await buildStt(job(settings), config(), {} as never, seen);
    const frame = new AudioFrame(new Int16Array(160), 16_000, 1, 160);
    for (let i = 0; i < 3; i += 1) await recogniser.recognize(frame).catch(() => null);
    expect(lost).toEqual([
      'transcriber',
      'transcriber',
      expect.stringMatching(/^Speech to text openai_compatible\/whisper-small failed: .*404/),
    ]);
    expect(failed).toHaveLength(1);
  });
});

it('another who cannot be had is no reason to refuse the call', async () => {
  const seen = watch();
  const patch = {
    llm: { provider: HOME, model: 'm' },
    fallback_llm_enabled: true,
    llm_fallback_model: 'groq',
  } as const;
  const model = await buildLlm(job(patch), config(), seen, thought);
  expect(model).not.toBeInstanceOf(llm.FallbackAdapter);
  expect(failed).toEqual([
    { part: 'llm', provider: 'groq', error: expect.stringContaining('no API key') as string },
  ]);
});
