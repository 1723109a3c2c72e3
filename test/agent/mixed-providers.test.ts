/** Any one of ears, mind and voice may be a provider's, while the others are offline; and what is missing is said. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import { startEmbedded } from '../embedded/support/embedded-process.js';
import type { EmbeddedProcess } from '../embedded/support/embedded-process.js';
import { waitFor } from '../support/wait-for.js';
import { FakeJobsServer, turnsOf } from './support/fake-jobs-server.js';
import type { ToldCall } from './support/fake-jobs-server.js';
import { ANSWERED, HEARD, openFakeOpenai } from './support/fake-openai.js';
import type { FakeOpenai } from './support/fake-openai.js';
import { SpokenCaller } from './support/spoken-caller.js';
import { startWorker } from './support/worker-process.js';
import { miniLm } from '../support/models.js';
import type { WorkerProcess } from './support/worker-process.js';

const TEST_MS = 90_000;
const MIND = { provider: 'openai_compatible', model: 'qwen3:4b' } as const;
const VOICE = { provider: 'openai_compatible', model: 'kokoro', voice_id: 'af_heart' } as const;
const AT_HOME = () => ({
  LLM_BASE_URL: provider.baseUrl,
  STT_BASE_URL: provider.baseUrl,
  TTS_BASE_URL: provider.baseUrl,
});

let media: EmbeddedProcess;
let jobs: FakeJobsServer;
let provider: FakeOpenai;
let worker: WorkerProcess | null = null;
const callers: SpokenCaller[] = [];

beforeAll(async () => {
  jobs = await FakeJobsServer.open();
  provider = await openFakeOpenai();
  media = await startEmbedded();
});

afterEach(async () => {
  provider.fault = null;
  for (const caller of callers.splice(0)) await caller.leave();
});

afterAll(async () => {
  await worker?.stop();
  await media?.stop();
  await provider?.close();
  await jobs?.close();
});

async function startProviderWorker(more: Record<string, string>): Promise<void> {
  await worker?.stop();
  worker = await startWorker({
    LIVEKIT_URL: media.wsUrl,
    DIALNEXA_SERVER_URL: jobs.url,
    OPENAI_API_KEY: 'a-key',
    OPENAI_BASE_URL: provider.baseUrl,
    ...more,
  });
}

async function call(
  settings: Partial<VersionSettings>,
): Promise<{ caller: SpokenCaller; told: ToldCall }> {
  const { callId, told } = jobs.newCall(settings);
  const caller = await SpokenCaller.join({ url: media.wsUrl, roomName: told.roomName, callId });
  callers.push(caller);
  return { caller, told };
}

/** Asks after the welcome for the address; answers the turns of question and answer. */
async function conversation(
  settings: Partial<VersionSettings>,
): Promise<{ question: string; answer: string; heard: number; told: ToldCall }> {
  const { caller, told } = await call(settings);
  const speaking = await caller.agentIs('speaking', 0, 40_000);
  await caller.agentIs('listening', speaking);
  const said = await caller.say('af_heart-where');
  const turns = await waitFor(
    () =>
      turnsOf(told).at(-1)?.role === 'agent' && turnsOf(told).length >= 3 ? turnsOf(told) : null,
    { what: 'question and answer', timeoutMs: 50_000 },
  );
  return {
    question: turns.find((turn) => turn.role === 'user')?.content ?? '',
    answer: turns.at(-1)?.content ?? '',
    heard: caller.heard.filter((at) => at > said.endedAt).length,
    told,
  };
}

it(
  'a provider’s ears, on a worker without the offline recogniser, which says so to the calls that need it',
  async () => {
    await startProviderWorker({ VOICE_MODELS_DIR: '/nowhere/voice' });
    const own = await call({});
    const end = await waitFor(() => own.told.outcomes[0], { what: 'the end', timeoutMs: 40_000 });
    expect(end).toMatchObject({ end_reason: 'system_failure' });
    expect(end.error).toMatch(/no weights for the offline recogniser/);

    const both = await conversation({ transcriber: { provider: 'openai' } });
    expect(both.question).toBe(HEARD);
    expect(both.answer).toMatch(/mill lane/i);
    expect(both.heard).toBeGreaterThan(20);
  },
  TEST_MS,
);

describe('with servers at home', () => {
  beforeAll(() => startProviderWorker({ ...AT_HOME(), OPENAI_API_KEY: '' }), 60_000);

  it(
    'none of a provider’s, with facts and no dialogue: the record names what was answered',
    async () => {
      const knowledge = ['Our workshop is in the old mill.', 'A puncture costs twelve pounds.'];
      const both = await conversation({ dialogue: null, knowledge });
      expect(both.answer).toBe(knowledge[0]);
      const asked = turnsOf(both.told).find((turn) => turn.role === 'user');
      expect(asked).toMatchObject({ intent: 'knowledge', facts: null });
      expect(turnsOf(both.told).map(({ facts }) => facts)).toEqual([null, null, [knowledge[0]]]);
      expect(both.heard).toBeGreaterThan(20);
    },
    TEST_MS,
  );

  it(
    'a mind at home, which is told the facts that fit and no other; and the record says which, and who heard, thought and spoke',
    async () => {
      // No word of the question is in it where it is found by what it means.
      const knowledge = [
        miniLm ? 'Our repair garage is at the old mill.' : 'Our workshop is at the old mill.',
        'A puncture costs twelve pounds.',
      ];
      const both = await conversation({ llm: MIND, knowledge });
      const told = JSON.stringify(provider.requests.at(-1)?.body);
      expect(told).toContain(knowledge[0]);
      expect(told).not.toContain(knowledge[1]);
      expect(both.question).toMatch(/workshop/i);
      expect(both.answer).toBe(ANSWERED);
      expect(both.heard).toBeGreaterThan(20);
      expect(turnsOf(both.told).at(-1)?.facts).toEqual([knowledge[0]]);
      expect(turnsOf(both.told).map(({ providers }) => providers)).toEqual([
        { transcriber: null, llm: null, voice: 'offline' },
        { transcriber: 'offline', llm: null, voice: null },
        { transcriber: null, llm: 'openai_compatible/qwen3:4b', voice: 'offline' },
      ]);
      await callers.pop()?.leave();
      const end = await waitFor(() => both.told.outcomes[0], { what: 'the end' });
      expect(end.audio_cache).toMatchObject({ enabled: true, hits: 0 });
      expect(end.audio_cache?.lookups).toBeGreaterThan(1);
      const used = usageOf(both.told);
      expect(used).toMatchObject({
        transcriber: { provider: 'offline' },
        llm: {
          provider: 'openai_compatible',
          model: 'qwen3:4b',
          input_tokens: 1,
          output_tokens: 1,
        },
        voice: { provider: 'offline' },
      });
      // Of the question, and of the greeting and the answer.
      expect(used['transcriber']?.speech_ms).toBeGreaterThan(500);
      expect(used['voice']?.characters).toBeGreaterThan(ANSWERED.length + 10);
    },
    TEST_MS,
  );

  it(
    'a voice at home',
    async () => {
      const both = await conversation({ voice: VOICE });
      expect(both.question).toMatch(/workshop/i);
      expect(both.answer).toMatch(/mill lane/i);
      expect(both.heard).toBeGreaterThan(20);
      expect(provider.requests.map(({ path }) => path)).toContain('/audio/speech');
      expect(turnsOf(both.told).at(-1)?.providers).toMatchObject({
        llm: 'offline',
        voice: 'openai_compatible/kokoro',
      });
      expect(both.told.outcomes).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'where ears, mind and voice fail, others step in, and the record says of each once that it failed',
    async () => {
      provider.fault = 'refusal';
      const both = await conversation({
        transcriber: { provider: 'openai_compatible', model: 'whisper-small' },
        fallback_stt_enabled: true,
        stt_fallback_transcriber_id: 'offline',
        llm: MIND,
        fallback_llm_enabled: true,
        llm_fallback_model: 'offline',
        voice: VOICE,
        fallback_voices: ['offline/rms'],
      });
      expect(both.question).toMatch(/workshop/i);
      expect(both.answer).toMatch(/mill lane/i);
      expect(both.heard).toBeGreaterThan(20);
      expect(
        turnsOf(both.told)
          .slice(1)
          .map(({ providers }) => providers),
      ).toEqual([
        { transcriber: 'offline', llm: null, voice: null },
        { transcriber: null, llm: 'offline', voice: 'offline' },
      ]);
      const failures = failuresOf(both.told);
      expect(failures.map(({ part }) => part).sort()).toEqual(['llm', 'transcriber', 'voice']);
      for (const { error } of failures) expect(error).toMatch(/no such model/);
      expect(both.told.outcomes).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'an agent that takes over hears with its own ears, in its own language, and is not interrupted where its version says so',
    async () => {
      const mechanic = 'agent_mechanic';
      const config = { agents: [{ agent_id: mechanic, description: 'Repairs.' }] };
      const hand_over = { type: 'call_transfer', name: 'hand_over', description: '', config };
      const functions = [hand_over] as VersionSettings['functions'];
      const { caller, told } = await call({ functions });
      const welcome_message =
        'Here is the mechanic, who works in the yard behind the house. ' +
        'Please tell me slowly what is wrong with your bicycle, and I shall see what I can do.';
      told.others.set(mechanic, {
        ...told.settings,
        functions: [],
        dialogue: null,
        knowledge: ['Our workshop is in the yard.'],
        welcome_message,
        language: 'de-AT',
        transcriber: { provider: 'openai_compatible', model: 'whisper-small' },
        allow_interruptions: false,
      });
      const turn = (role: string, words: RegExp) =>
        waitFor(() => turnsOf(told).find((one) => one.role === role && words.test(one.content)), {
          what: `${role}: ${words}`,
          timeoutMs: 30_000,
        });
      const speaking = await caller.agentIs('speaking', 0, 40_000);
      await caller.agentIs('listening', speaking);
      await caller.type('I want to speak to a mechanic.');
      await waitFor(() => told.events.find(({ type }) => type === 'transfer'), {
        what: 'the transfer',
      });
      const greeting = await caller.agentIs('speaking', Date.now() - 1);
      await caller.say('af_heart-where');
      const greeted = await turn('agent', /^Here is the mechanic/);
      expect(greeted).toMatchObject({ content: welcome_message, interrupted: false });
      await caller.agentIs('listening', greeting);
      await caller.say('af_heart-where');
      const question = await turn('user', /workshop/);
      expect(question).toMatchObject({
        content: HEARD,
        providers: { transcriber: 'openai_compatible/whisper-small' },
      });
      expect(provider.requests.map(({ path, body }) => [path, body['language']])).toContainEqual([
        '/audio/transcriptions',
        'de',
      ]);
      expect(await turn('agent', /in the yard\./)).toMatchObject({ role: 'agent' });
    },
    TEST_MS,
  );

  it(
    'ears that take their time, whose words are told though the caller has hung up on them',
    async () => {
      provider.fault = 'late';
      const transcriber = { provider: 'openai_compatible', model: 'whisper-1' } as const;
      const { caller, told } = await call({ transcriber, conversation_start_type: 'user' });
      await caller.agentIs('listening', 0, 40_000);
      const before = provider.requests.length;
      await caller.say('af_heart-where');
      await waitFor(() => provider.requests.length > before, {
        what: 'the recogniser at work',
        everyMs: 10,
      });
      await caller.leave();
      const turn = await waitFor(() => turnsOf(told)[0], { what: 'the last words' });
      expect(turn).toMatchObject({ role: 'user', content: HEARD, via: 'speech' });
      const end = await waitFor(() => told.outcomes[0], { what: 'the end' });
      expect(end).toMatchObject({ end_reason: 'user_disconnected' });
      expect(turnsOf(told)).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    'a mind that fails alone is apologised for, and at the third time ends the call with its reason',
    async () => {
      provider.fault = 'garbage';
      const { caller, told } = await call({ llm: MIND, conversation_start_type: 'agent_dynamic' });
      let since = 0;
      for (let apologies = 0; apologies < 2; apologies += 1) {
        const speaking = await caller.agentIs('speaking', since, 50_000);
        since = await caller.agentIs('listening', speaking);
        await caller.say('af_heart-where');
      }
      const end = await waitFor(() => told.outcomes[0], { what: 'the end', timeoutMs: 20_000 });
      expect(end.end_reason).toBe('system_failure');
      expect(end.error).toMatch(/^The language model openai_compatible\/qwen3:4b failed: .*JSON/);
      expect(apologiesOf(told).map(({ providers }) => providers?.llm)).toEqual([null, null]);
      expect(failuresOf(told)).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    'a voice that fails alone ends the call with its reason, before the silence does',
    async () => {
      provider.fault = 'garbage';
      const { told } = await call({ voice: VOICE, reminder_message_interval: 1 });
      const end = await waitFor(() => told.outcomes[0], { what: 'the end', timeoutMs: 50_000 });
      expect(end.end_reason).toBe('system_failure');
      expect(end.error).toMatch(/^The voice openai_compatible\/kokoro failed: .*WAV/);
      expect(failuresOf(told)).toHaveLength(1);
      // The words were shown, and nobody spoke them.
      expect(turnsOf(told).map(({ providers }) => providers?.voice)).toEqual([null]);
    },
    TEST_MS,
  );
});

/** What the call used in all, by what it was used for. */
function usageOf(told: ToldCall) {
  const reports = told.events.flatMap((event) => (event.type === 'usage' ? [event] : []));
  return Object.fromEntries((reports.at(-1)?.providers ?? []).map((one) => [one.kind, one]));
}

function apologiesOf(told: ToldCall) {
  return turnsOf(told).filter(({ content }) => content.startsWith("I'm sorry, I cannot answer"));
}

function failuresOf(told: ToldCall) {
  return told.events.flatMap((event) =>
    event.type === 'note' && event.name === 'provider_failed' ? [event.detail ?? {}] : [],
  );
}
