/** Any one of ears, mind and voice may be a provider's, while the others are offline; and what is missing is said. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
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
import type { WorkerProcess } from './support/worker-process.js';

const TEST_MS = 90_000;

let media: EmbeddedProcess;
let jobs: FakeJobsServer;
let provider: FakeOpenai;
let worker: WorkerProcess | null = null;
const callers: SpokenCaller[] = [];

beforeAll(async () => {
  jobs = await FakeJobsServer.open();
  provider = await openFakeOpenai();
  media = await startEmbedded();
}, 60_000);

afterEach(async () => {
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
    { what: 'question and answer', timeoutMs: 30_000 },
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

it(
  'a provider’s mind, which is told the facts that fit the question and no other',
  async () => {
    await startProviderWorker({});
    const knowledge = ['Our workshop is in the old mill.', 'A puncture costs twelve pounds.'];
    const both = await conversation({ llm: { provider: 'openai' }, knowledge });
    expect(provider.told.at(-1)).toContain(knowledge[0]);
    expect(provider.told.at(-1)).not.toContain(knowledge[1]);
    expect(both.question).toMatch(/workshop/i);
    expect(both.answer).toBe(ANSWERED);
    expect(both.heard).toBeGreaterThan(20);
  },
  TEST_MS,
);

it(
  'none of a provider’s, with facts and no dialogue: the record names what was answered',
  async () => {
    const knowledge = ['Our workshop is in the old mill.', 'A puncture costs twelve pounds.'];
    const both = await conversation({ dialogue: null, knowledge });
    expect(both.answer).toBe(knowledge[0]);
    const asked = turnsOf(both.told).find((turn) => turn.role === 'user');
    expect(asked?.intent).toBe('knowledge');
    expect(both.heard).toBeGreaterThan(20);
  },
  TEST_MS,
);

it(
  'a provider’s voice',
  async () => {
    const both = await conversation({ voice: { provider: 'openai' } });
    expect(both.question).toMatch(/workshop/i);
    expect(both.answer).toMatch(/mill lane/i);
    expect(both.heard).toBeGreaterThan(20);
    expect(provider.asked).toContain('/audio/speech');
    expect(both.told.outcomes).toEqual([]);
  },
  TEST_MS,
);
