/** A version of the platform can be copied: its settings are kept, with its ranges, and its templates are checked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fallbacksOf } from '../../../server/domain/agents/fallbacks-of.js';
import { realApp } from '../../support/real-app.js';
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { z } from '@hono/zod-openapi';
import type { platformSettings } from '../../../server/http/schemas/platform-settings.js';
import type { RealApp } from '../../support/real-app.js';

let real: RealApp;
beforeAll(async () => {
  real = await realApp();
});
afterAll(() => real.close());

const create = async (settings: object) => {
  const { status, body } = await real.api('POST', '/v1/agents', { title: 'Copied', settings });
  return { status, body: body as { id: string; code?: string; message?: string | string[] } };
};

/** Each of the platform's. */
type PlatformSettings = Required<z.output<z.ZodObject<typeof platformSettings>>>;

const copied: PlatformSettings = {
  ring_duration_sec: 5,
  voicemail_detection: true,
  hangup_on_voicemail: false,
  voicemail_message: 'Please leave a message, {{name}}.',
  listen_for_keypad: true,
  keypad_timeout_sec: 5,
  termination_key: '#',
  digit_limit: 1,
  ambient_noise: null,
  background_sound: 'office',
  background_sound_volume: 2,
  response_eagerness: 1,
  backchanneling: true,
  backchannel_frequency: 0.5,
  backchannel_keywords: ['yes'],
  transcription_mode: 'optimize_for_accuracy',
  denoising_mode: 'remove_noise_and_speech',
  speech_normalization: true,
  transcript_formatting: true,
  boost_dynamic_variables: true,
  fallback_stt_enabled: true,
  stt_fallback_transcriber_id: 'tr_1',
  stt_fallback_wait_ms: 800,
  fallback_llm_enabled: true,
  llm_fallback_delay_ms: 500,
  llm_fallback_model: 'small',
  fallback_voices: ['v1'],
  opt_in_secure_urls: true,
  kb_max_chunks: 10,
  kb_min_score: 0.3,
  knowledge_base_ids: ['kb_1'],
  voice_temperature: 1,
  voice_volume: 10,
  voice_pitch: -1,
};

describe('settings of the platform', () => {
  it('are kept as they were sent', async () => {
    const { status, body } = await create({ ...copied, boosted_keywords: ['Mill Lane 7', 'Zoë'] });
    expect(status).toBe(201);
    const read = await real.api('GET', `/v1/agents/${body.id}/versions/1`);
    expect((read.body as { settings: VersionSettings }).settings).toMatchObject(copied);
  });

  it.each([
    ['ring_duration_sec', 0],
    ['keypad_timeout_sec', 16],
    ['digit_limit', 51],
    ['background_sound_volume', 2.1],
    ['response_eagerness', 1.1],
    ['backchannel_frequency', -0.1],
    ['transcription_mode', 'fast'],
    ['denoising_mode', 'all'],
    ['kb_max_chunks', 11],
    ['voice_volume', 11],
    ['voice_pitch', 1.1],
    ['boosted_keywords', ['semi;colon']],
    ['boosted_keywords', ['x'.repeat(51)]],
    ['boosted_keywords', Array.from({ length: 50 }, () => 'x'.repeat(41))],
    ['end_call_on_silence_sec', 31],
    ['mood', 'good'],
    ['llm', { provider: 'openai_compatible', model: 'm', base_url: 'http://169.254.169.254/v1' }],
  ])('have its ranges: %s', async (field, value) => {
    const { status, body } = await create({ [field]: value });
    expect([status, body.code]).toEqual([400, 'validation_failed']);
    expect(String(body.message)).toContain(field);
  });

  it('leave a caller more than five seconds after the reminder', async () => {
    const wait = { end_call_on_silence_sec: 20, reminder_message_interval: 15 };
    expect((await create(wait)).status).toBe(400);
    expect((await create({ ...wait, reminder_message_interval: 14 })).status).toBe(201);
  });

  it('say in the documentation what a web call does not use', async () => {
    const answer = await real.request('/openapi.json');
    const document = (await answer.json()) as {
      components: { schemas: { VersionSettings: { properties: Record<string, object> } } };
    };
    const { properties } = document.components.schemas.VersionSettings;
    expect(properties['ring_duration_sec']).toMatchObject({
      default: 5,
      description: expect.stringMatching(/Phone only/) as string,
    });
    expect(properties['pause_before_speaking_sec']).toMatchObject({
      description: expect.stringMatching(/platform's default is 2/) as string,
    });
  });
});

describe('templates of a version', () => {
  const lookUp = (url: string) => ({
    type: 'custom',
    name: 'look_up',
    description: 'Looks it up.',
    config: { url, method: 'GET', parameters: {} },
  });
  it('are checked at publish wherever they stand', async () => {
    const demo = await real.api('GET', `/v1/agents/${real.first.agent_id}/versions/1`);
    const { dialogue } = (demo.body as { settings: VersionSettings }).settings;
    const { body } = await create({ dialogue, functions: [lookUp('https://shop.example/{{}}')] });
    const publish = () => real.api('POST', `/v1/agents/${body.id}/versions/1/publish`, {});
    const refused = await publish();
    expect(refused.status).toBe(400);
    expect(String((refused.body as { message: string }).message)).toContain(
      'functions[0].config.url',
    );
    const functions = [lookUp('https://shop.example/{{id}}')];
    await real.api('PATCH', `/v1/agents/${body.id}`, { settings: { functions } });
    expect((await publish()).status).toBe(200);
  });
});

describe('what an offline version knows', () => {
  const publish = async (id: string) => real.api('POST', `/v1/agents/${id}/versions/1/publish`, {});
  const refused = { code: 'validation_failed' };

  it.each([
    ['a prompt', { prompt: 'We are open from nine to five.' }],
    ['facts', { knowledge: ['We are open from nine to five.', 'We are at {{street}}.'] }],
  ])('is published with %s alone', async (_, settings) => {
    const made = await create(settings);
    const answer = await publish(made.body.id);
    expect(answer).toMatchObject({ status: 200, body: { is_published: true, settings } });
  });

  it('is refused when it is nothing', async () => {
    const made = await create({ prompt: '  ', knowledge: [] });
    const answer = await publish(made.body.id);
    expect(answer).toMatchObject({ status: 400, body: refused });
    expect(JSON.stringify(answer.body)).toContain('prompt: needed when llm.provider is offline');
  });

  it.each([
    ['a fact too many', Array<string>(201).fill('a')],
    ['a fact too long', ['a'.repeat(501)]],
    ['an empty fact', [' ']],
  ])('is refused with %s', async (_, knowledge) => {
    expect(await create({ knowledge })).toMatchObject({ status: 400, body: refused });
  });

  it('names the fact whose variable is not closed', async () => {
    const made = await create({ knowledge: ['We are open.', 'We are at {{street.'] });
    expect(JSON.stringify((await publish(made.body.id)).body)).toContain('knowledge[1]');
  });
});

describe('the providers of a version', () => {
  const home = { provider: 'openai_compatible' };
  it.each([
    [
      400,
      { llm: home, voice: { ...home, model: 'kokoro' }, transcriber: home },
      [
        'transcriber: openai_compatible needs the model',
        'llm: ',
        'voice: openai_compatible needs the voice_id',
      ],
    ],
    [422, { llm: { ...home, model: 'qwen3:4b' } }, ['llm: the server has no LLM_BASE_URL.']],
    [
      400,
      {
        fallback_llm_enabled: true,
        fallback_stt_enabled: true,
        fallback_voices: ['v1', 'offline'],
      },
      [
        'stt_fallback_transcriber_id: must be',
        'llm_fallback_model: must be',
        'fallback_voices[0]: must be',
      ],
    ],
    [
      422,
      {
        fallback_llm_enabled: true,
        llm_fallback_model: 'groq/llama',
        fallback_voices: ['openai_compatible/kokoro/af_heart'],
      },
      [
        'llm_fallback_model: the server has no key for groq.',
        'fallback_voices: the server has no TTS_BASE_URL.',
      ],
    ],
    [
      200,
      {
        fallback_llm_enabled: false,
        llm_fallback_model: 'small',
        fallback_voices: ['offline/rms'],
      },
      [],
    ],
  ])(
    'are named and set up, fallbacks too, before it is published: %i',
    async (status, patch, faults) => {
      const demo = await real.api('GET', `/v1/agents/${real.first.agent_id}/versions/1`);
      const { dialogue } = (demo.body as { settings: VersionSettings }).settings;
      const { body } = await create({ prompt: 'Help.', dialogue, ...patch });
      const answer = await real.api('POST', `/v1/agents/${body.id}/versions/1/publish`, {});
      expect(answer.status).toBe(status);
      const { message = [] } = answer.body as { message?: string | string[] };
      const told = [message].flat();
      expect(told).toHaveLength(faults.length);
      for (const fault of faults) expect(told.join('\n')).toContain(fault);
    },
  );

  it('that step in are told to the agent part by part, as far as they are known', () => {
    const settings = {
      ...copied,
      stt_fallback_transcriber_id: 'groq/whisper-large-v3-turbo',
      llm_fallback_model: 'openai_compatible/hf.co/some/model:Q4',
      fallback_voices: ['v1', 'offline', 'elevenlabs/abc', 'openai_compatible/org/Kokoro/af_heart'],
    } as unknown as VersionSettings;
    expect(fallbacksOf(settings).fallbacks).toEqual({
      transcriber: { provider: 'groq', model: 'whisper-large-v3-turbo' },
      llm: { provider: 'openai_compatible', model: 'hf.co/some/model:Q4' },
      voices: [
        { provider: 'offline' },
        { provider: 'elevenlabs', voice_id: 'abc' },
        { provider: 'openai_compatible', model: 'org/Kokoro', voice_id: 'af_heart' },
      ],
    });
  });
});
