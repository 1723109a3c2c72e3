/** The agent worker as it ships, on the media server as it ships: what a caller hears, and what is told. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import { deleteRoom } from '../../server/livekit/room-service.js';
import { API_KEY, API_SECRET, startEmbedded } from '../embedded/support/embedded-process.js';
import type { EmbeddedProcess } from '../embedded/support/embedded-process.js';
import { processesWith } from '../support/processes.js';
import type { LiveProcess } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { FakeJobsServer, turnsOf } from './support/fake-jobs-server.js';
import type { ToldCall, ToldTurn } from './support/fake-jobs-server.js';
import { readChunks, recordedLoudness } from './support/recorded.js';
import { SpokenCaller } from './support/spoken-caller.js';
import { startWorker } from './support/worker-process.js';
import type { WorkerProcess } from './support/worker-process.js';

const TEST_MS = 60_000;
const SILENCE = 0.002;
const VOICE = 0.01;

let media: EmbeddedProcess;
let jobs: FakeJobsServer;
let worker: WorkerProcess;
const callers: SpokenCaller[] = [];

beforeAll(async () => {
  jobs = await FakeJobsServer.open();
  media = await startEmbedded();
  worker = await newWorker();
}, 60_000);

afterEach(async () => {
  jobs.away = false;
  jobs.storeAway = false;
  for (const caller of callers.splice(0)) await caller.leave();
});

afterAll(async () => {
  await worker?.stop();
  await media?.stop();
  await jobs?.close();
});

function newWorker(more: Record<string, string> = {}): Promise<WorkerProcess> {
  return startWorker({ LIVEKIT_URL: media.wsUrl, DIALNEXA_SERVER_URL: jobs.url, ...more });
}

/** Stops it, within the three seconds that its user waits, and with everything that it started. */
async function stopInTime(): Promise<void> {
  const began = Date.now();
  await worker.stop();
  expect(Date.now() - began).toBeLessThan(3_000);
  expect(processesWith(worker.mark)).toEqual([]);
}

function isSharedRecogniser({ command }: LiveProcess): boolean {
  return command.includes('inference_proc');
}

async function call(
  settings: Partial<VersionSettings> = {},
  early?: string,
): Promise<{ caller: SpokenCaller; told: ToldCall }> {
  const { callId, told } = jobs.newCall(settings);
  const address = { url: media.wsUrl, roomName: told.roomName, callId };
  const caller = await SpokenCaller.join(address, { early });
  callers.push(caller);
  return { caller, told };
}

/** A call whose agent has said its welcome. */
async function welcomed(
  settings: Partial<VersionSettings> = {},
): Promise<{ caller: SpokenCaller; told: ToldCall }> {
  const both = await call(settings);
  const speaking = await both.caller.agentIs('speaking', 0, 30_000).catch((cause: unknown) => {
    const seen = JSON.stringify({ claims: both.told.claims, states: both.caller.states });
    throw new Error(`no welcome: ${seen}\n${worker.output()}\n${media.output()}`, { cause });
  });
  await both.caller.agentIs('listening', speaking);
  return both;
}

function outcome(told: ToldCall, timeoutMs = 15_000): Promise<ToldCall['outcomes'][number]> {
  const found = waitFor(() => told.outcomes[0], { what: 'the outcome', timeoutMs });
  return found.catch((cause: unknown) => {
    throw new Error(`no outcome\n${worker.output()}\n${media.output()}`, { cause });
  });
}

describe('a spoken call', () => {
  it(
    'is answered, told turn by turn while it goes on, recorded on two sides, and ended once',
    async () => {
      const { caller, told } = await welcomed();
      expect(told.claims).toBe(1);
      expect(told.livekitToken.split('.')).toHaveLength(3);
      const said = await caller.say('af_heart-hours');
      const speaking = await caller.agentIs('speaking', said.endedAt);
      await caller.agentIs('listening', speaking);
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'three turns',
      });
      expect(told.outcomes).toEqual([]);
      expect(told.events[0]?.type).toBe('answered');
      expect(told.events.map((event) => event.seq)).toEqual(told.events.map((_, i) => i + 1));
      expect(turns.map((turn) => turn.role)).toEqual(['agent', 'user', 'agent']);
      const [welcome, question, answer] = turns;
      expect(welcome?.content).toBe(told.settings.welcome_message);
      expect(question?.content).toMatch(/saturday/i);
      expect(question?.intent).toBe('opening_hours');
      expect(answer?.content).toMatch(/saturday/i);
      expect(answer?.interrupted ?? false).toBe(false);
      const { latency } = answer ?? {};
      for (const part of ['end_of_turn_ms', 'stt_ms', 'llm_ms', 'tts_ms', 'total_ms'] as const) {
        expect(latency?.[part], part).toEqual(expect.any(Number));
      }
      expect(Math.abs(Date.parse(question?.started_at ?? '') - said.startedAt)).toBeLessThan(1_200);
      expect(Math.abs(Date.parse(question?.ended_at ?? '') - said.endedAt)).toBeLessThan(1_200);
      expect(Date.parse(answer?.started_at ?? '')).toBeGreaterThan(said.endedAt - 200);

      await caller.leave();
      expect(await outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
      const recording = readChunks(told);
      const [from, to] = [
        Date.parse(question?.started_at ?? ''),
        Date.parse(question?.ended_at ?? ''),
      ];
      expect(recordedLoudness(recording, 'caller', from, to)).toBeGreaterThan(VOICE);
      expect(recordedLoudness(recording, 'agent', from + 100, to - 100)).toBeLessThan(SILENCE);
      const [start, end] = [
        Date.parse(answer?.started_at ?? ''),
        Date.parse(answer?.ended_at ?? ''),
      ];
      expect(recordedLoudness(recording, 'agent', start, end)).toBeGreaterThan(VOICE);
      expect(recordedLoudness(recording, 'caller', start + 300, end)).toBeLessThan(SILENCE);
      expect(told.outcomes).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    'is cut short where the caller interrupts, and only what was heard is told',
    async () => {
      const { caller, told } = await welcomed();
      const asked = await caller.say('af_heart-human');
      await caller.agentIs('speaking', asked.endedAt);
      const interrupted = await caller.say('af_heart-interrupt');
      const turn = await waitFor(() => turnsOf(told).find((one) => one.interrupted), {
        what: 'the interrupted turn',
      });
      expect(turn.role).toBe('agent');
      const ended = Date.parse(turn.ended_at);
      const later = (): ToldTurn[] => turnsOf(told).slice(turnsOf(told).indexOf(turn) + 1);
      const next = await waitFor(() => later().find((one) => one.role === 'agent'), {
        what: 'the answer to the interruption',
      });
      const nextStarted = Date.parse(next.started_at);
      const lastHeard = Math.max(...caller.heard.filter((at) => at < nextStarted));
      expect(lastHeard).toBeGreaterThan(interrupted.voiceAt);
      expect(lastHeard - interrupted.voiceAt).toBeLessThan(800);
      expect(Math.abs(lastHeard - ended)).toBeLessThan(500);

      await caller.leave();
      await outcome(told);
      const recording = readChunks(told);
      expect(recordedLoudness(recording, 'agent', ended - 500, ended)).toBeGreaterThan(VOICE);
      expect(recordedLoudness(recording, 'agent', ended + 100, nextStarted - 50)).toBeLessThan(
        SILENCE,
      );
      expect(recordedLoudness(recording, 'agent', nextStarted, nextStarted + 500)).toBeGreaterThan(
        VOICE,
      );
    },
    TEST_MS,
  );

  it(
    'is ended by the agent, after its last words',
    async () => {
      const { caller, told } = await welcomed();
      const said = await caller.say('am_michael-bye');
      const speaking = await caller.agentIs('speaking', said.endedAt);
      expect(await outcome(told)).toMatchObject({ end_reason: 'agent_disconnected' });
      expect(caller.heard.at(-1)).toBeGreaterThan(speaking);
      expect(turnsOf(told).at(-1)).toMatchObject({ role: 'agent' });
      expect(turnsOf(told).at(-1)?.interrupted ?? false).toBe(false);
      expect(told.events.some((event) => event.type === 'function' && event.ok)).toBe(true);
    },
    TEST_MS,
  );
});

describe('what is said before the agent can hear', () => {
  it(
    'is answered without a greeting on top, and stands in the record where it was said',
    async () => {
      const { caller, told } = await call({}, 'af_heart-hours');
      const ready = await caller.agentIs('listening', 0, 30_000);
      const speaking = await caller.agentIs('speaking', ready);
      await caller.agentIs('listening', speaking);
      await waitFor(() => turnsOf(told).length >= 2, { what: 'the answer' });
      await caller.leave();
      await outcome(told);
      const [question, answer, ...more] = turnsOf(told);
      expect(more).toEqual([]);
      expect(question).toMatchObject({ role: 'user', intent: 'opening_hours' });
      expect(question?.content).toMatch(/saturday/i);
      expect(answer?.content).toMatch(/saturday/i);
      const [from, to] = [
        Date.parse(question?.started_at ?? ''),
        Date.parse(question?.ended_at ?? ''),
      ];
      expect(to).toBeLessThan(ready + 300);
      expect(to - from).toBeGreaterThan(1_000);
      expect(to - from).toBeLessThan(4_000);
      const recording = readChunks(told);
      expect(recording.startedAt).toBeLessThanOrEqual(from);
      expect(recordedLoudness(recording, 'caller', from, to)).toBeGreaterThan(VOICE);
      expect(recordedLoudness(recording, 'caller', to + 300, speaking)).toBeLessThan(SILENCE);
      expect(recordedLoudness(recording, 'agent', from, speaking - 100)).toBeLessThan(SILENCE);
    },
    TEST_MS,
  );
});

describe('a call that ends in the middle', () => {
  const ANSWER = 'On Saturday we are open from 10 in the morning until 4 in the afternoon.';
  /** Nobody measures to the millisecond when a caller is gone. */
  const SLACK_MS = 200;

  /** Ends it so long after the agent began to speak. Answers when that was. */
  async function endWhileSpeaking(
    { caller, told }: Awaited<ReturnType<typeof call>>,
    afterMs: number,
    how: 'hung up' | 'deleted' = 'hung up',
  ): Promise<number> {
    await wait((await caller.agentIs('speaking', 0, 30_000)) + afterMs - Date.now());
    let endedAt = Date.now();
    if (how === 'hung up') await caller.leave();
    else {
      const config = { url: media.httpUrl, apiKey: API_KEY, apiSecret: API_SECRET };
      await deleteRoom(config, told.roomName);
      // A room that is deleted lets out what is on its way.
      await caller.disconnected;
      endedAt = Date.now();
    }
    await outcome(told);
    return endedAt;
  }

  async function answering(): ReturnType<typeof call> {
    const both = await call({ conversation_start_type: 'user' });
    await both.caller.agentIs('listening', 0, 30_000);
    await both.caller.type('When are you open on Saturday?');
    return both;
  }

  it.each(['hung up', 'deleted'] as const)(
    'is told as far as the answer was heard, by a caller who was %s',
    async (how) => {
      const both = await answering();
      const endedAt = await endWhileSpeaking(both, 1_300, how);
      const answer = turnsOf(both.told).at(-1);
      expect(answer).toMatchObject({ role: 'agent', interrupted: true });
      // A third of it, as it is spoken: neither nothing nor the half.
      expect(answer?.content).toMatch(/^On Saturday/);
      expect(ANSWER.startsWith(answer?.content ?? '-')).toBe(true);
      expect(answer?.content.length).toBeLessThan(ANSWER.length / 2);
      expect(Date.parse(answer?.ended_at ?? '')).toBeLessThan(endedAt + SLACK_MS);
      const { startedAt, sampleRate, agent } = readChunks(both.told);
      expect(startedAt + (agent.length / sampleRate) * 1_000).toBeLessThan(endedAt + SLACK_MS);
      const reason = how === 'hung up' ? 'user_disconnected' : 'agent_disconnected';
      expect(both.told.outcomes).toMatchObject([{ end_reason: reason }]);
    },
    TEST_MS,
  );

  it(
    'has no turn of an answer, and none of a greeting, of which no word was heard',
    async () => {
      const [asked, greeted] = [await answering(), await call()];
      await Promise.all([endWhileSpeaking(asked, 100), endWhileSpeaking(greeted, 100)]);
      expect(turnsOf(asked.told).map((turn) => turn.role)).toEqual(['user']);
      expect(turnsOf(greeted.told)).toEqual([]);
    },
    TEST_MS,
  );

  it(
    'tells the last question where it was asked, and logs the reason of its record',
    async () => {
      const { caller, told } = await call({ conversation_start_type: 'user' });
      told.recordedReason = 'page_closed';
      await caller.agentIs('listening', 0, 30_000);
      const said = await caller.say('af_heart-hours');
      const endedAt = Date.now();
      await caller.leave();
      await outcome(told);
      const [question] = turnsOf(told);
      expect(question?.content).toMatch(/saturday/i);
      expect(Math.abs(Date.parse(question?.started_at ?? '') - said.voiceAt)).toBeLessThan(500);
      const ended = Date.parse(question?.ended_at ?? '');
      expect(ended).toBeGreaterThan(said.endedAt - 1_000);
      expect(ended).toBeLessThan(endedAt + SLACK_MS);
      const lines = () => worker.output().split('\n');
      const line = await waitFor(
        () => lines().find((one) => one.includes(told.callId) && one.includes('call ended')),
        { what: 'the line of the log' },
      );
      expect(JSON.parse(line)).toMatchObject({ reason: 'page_closed' });
    },
    TEST_MS,
  );

  it(
    'is not greeted when the caller left while the agent was on the way in',
    async () => {
      for (const seen of ['claims', 'states'] as const) {
        const { caller, told } = await call();
        await waitFor(() => told.claims > 0 && (seen === 'claims' || caller.states.length > 0), {
          timeoutMs: 30_000,
          everyMs: 5,
        });
        await caller.leave();
        await outcome(told);
        expect(turnsOf(told)).toEqual([]);
        expect(told.outcomes).toMatchObject([{ end_reason: 'user_disconnected' }]);
      }
    },
    TEST_MS,
  );
});

describe('a call without speech', () => {
  it(
    'answers what is typed',
    async () => {
      const { caller, told } = await welcomed();
      await caller.type('Where is your workshop?');
      const answer = await waitFor(() => turnsOf(told)[2], { what: 'the answer' });
      expect(turnsOf(told)[1]).toMatchObject({ role: 'user', content: 'Where is your workshop?' });
      expect(answer.content).toMatch(/mill lane/i);
    },
    TEST_MS,
  );

  it(
    'answers what is typed before the agent speaks, and greets nobody on top',
    async () => {
      const { caller, told } = await call({ pause_before_speaking_sec: 1 });
      const [answered] = await Promise.all([
        caller.agentIs('listening', 0, 30_000).then(() => caller.write('Where is your workshop?')),
        waitFor(() => caller.room.remoteParticipants.size > 0, { timeoutMs: 30_000 }),
      ]);
      expect(answered).toBe(null);
      const speaking = await caller.agentIs('speaking');
      await caller.agentIs('listening', speaking);
      await waitFor(() => turnsOf(told).length >= 2, { what: 'the answer' });
      await caller.leave();
      await outcome(told);
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['user', 'agent']);
      expect(turnsOf(told)[1]?.content).toMatch(/mill lane/i);
    },
    TEST_MS,
  );

  it(
    'answers what is typed while the agent may not be interrupted',
    async () => {
      const { caller, told } = await call({ allow_interruptions: false });
      await caller.agentIs('speaking', 0, 30_000);
      expect(await caller.write('Where is your workshop?')).toBe(null);
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'the answer',
      });
      expect(turns.map((turn) => turn.role).sort()).toEqual(['agent', 'agent', 'user']);
      expect(turns.at(-1)?.content).toMatch(/mill lane/i);
    },
    TEST_MS,
  );

  it(
    'takes no more texts than a person types, says so, and leaves a note',
    async () => {
      const { caller, told } = await welcomed();
      const texts = Array.from({ length: 40 }, (_, i) => `Text ${i}`);
      const answers = await Promise.all(texts.map((text) => caller.write(text)));
      const refused = answers.filter((one) => one !== null);
      expect(refused.length).toBeGreaterThan(30);
      expect(new Set(refused)).toEqual(new Set(['too_fast']));
      expect(await caller.write('x'.repeat(5_000))).toBe('too_long');
      await caller.leave();
      await outcome(told);
      expect(turnsOf(told).filter(({ role }) => role === 'user')).toHaveLength(40 - refused.length);
      const notes = told.events.flatMap((event) => (event.type === 'note' ? [event] : []));
      expect(notes.map(({ name, detail }) => ({ name, ...detail }))).toEqual([
        { name: 'text_refused', reason: 'too_fast', times: 1 },
        { name: 'text_refused', reason: 'too_long', times: 1 },
        { name: 'text_refused', reason: 'too_fast', times: refused.length },
      ]);
    },
    TEST_MS,
  );

  it(
    'is neither reminded nor given up while the caller types',
    async () => {
      const { caller, told } = await call({
        conversation_start_type: 'user',
        reminder_message_interval: 1,
        end_call_on_silence_sec: 2,
      });
      const since = await caller.agentIs('listening', 0, 30_000);
      await waitFor(async () => (await caller.pressKey(), Date.now() - since > 4_000), {
        everyMs: 330,
      });
      expect([turnsOf(told), told.outcomes]).toEqual([[], []]);
      expect(await outcome(told)).toMatchObject({ end_reason: 'silence_timeout' });
    },
    TEST_MS,
  );

  it(
    'is reminded once, then given up',
    async () => {
      const { told } = await call({
        conversation_start_type: 'user',
        reminder_message_interval: 1,
        end_call_on_silence_sec: 4,
      });
      expect(await outcome(told, 30_000)).toMatchObject({ end_reason: 'silence_timeout' });
      expect(turnsOf(told).map((turn) => turn.role)).toEqual(['agent']);
    },
    TEST_MS,
  );

  it(
    'ends at its longest, and what the agent was saying is told',
    async () => {
      const welcome =
        'Hello, this is the bicycle workshop. We repair everything that has two wheels. ' +
        'You may ask for our opening hours, for our prices, or for the state of your repair.';
      const { told } = await call({ max_call_duration_sec: 6, welcome_message: welcome });
      expect(await outcome(told, 30_000)).toMatchObject({ end_reason: 'max_duration_reached' });
      expect(turnsOf(told)).toMatchObject([{ role: 'agent', interrupted: true }]);
      const said = turnsOf(told)[0]?.content ?? 'nothing';
      expect(welcome.startsWith(said)).toBe(true);
      expect(said).not.toBe(welcome);
    },
    TEST_MS,
  );
});

describe('when something breaks', () => {
  it(
    'a provider without a key ends the call as a failure with a sentence',
    async () => {
      const { told } = await call({ llm: { provider: 'openai' } });
      const end = await outcome(told, 30_000);
      expect(end.end_reason).toBe('system_failure');
      expect(end.error).toMatch(/openai/i);
    },
    TEST_MS,
  );

  it(
    'a server that was away is told everything, in order and once',
    async () => {
      const { caller, told } = await welcomed();
      await waitFor(() => turnsOf(told).length === 1);
      jobs.away = true;
      await caller.type('Where is your workshop?');
      const speaking = await caller.agentIs('speaking', Date.now());
      await caller.agentIs('listening', speaking);
      expect(turnsOf(told)).toHaveLength(1);
      const before = told.chunks.length;
      jobs.away = false;
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'the turns of the meantime',
      });
      expect(turns.map((turn) => turn.role)).toEqual(['agent', 'user', 'agent']);
      expect(told.events.map((event) => event.seq)).toEqual(told.events.map((_, i) => i + 1));
      await waitFor(() => told.chunks.length > before + 1, { what: 'the recording' });
    },
    TEST_MS,
  );

  it(
    'a call that ends while the server is away still tells how it ended',
    async () => {
      const { caller, told } = await welcomed();
      jobs.away = true;
      await caller.leave();
      const before = jobs.dropped;
      await waitFor(() => jobs.dropped >= before + 3, { what: 'three tries' });
      jobs.away = false;
      expect(await outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
    },
    TEST_MS,
  );

  it(
    'a store that is away keeps nobody from knowing how a call ended, and gets the recording later',
    async () => {
      const { caller, told } = await welcomed();
      jobs.storeAway = true;
      const before = told.chunks.length;
      const left = Date.now();
      await caller.leave();
      expect(await outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
      expect(Date.now() - left).toBeLessThan(6_000);
      expect(told.chunks).toHaveLength(before);
      jobs.storeAway = false;
      await waitFor(() => told.chunks.length > before, { what: 'the rest of the recording' });
    },
    TEST_MS,
  );

  it(
    'a caller is understood without the recogniser that the calls share',
    async () => {
      const { caller, told } = await welcomed();
      const shared = processesWith(worker.mark).filter(isSharedRecogniser);
      expect(shared).toHaveLength(1);
      for (const { pid } of shared) process.kill(pid, 'SIGKILL');
      await caller.say('af_heart-hours');
      const question = await waitFor(() => turnsOf(told).find((turn) => turn.role === 'user'), {
        what: 'the question',
      });
      expect(question.content).toMatch(/saturday/i);
    },
    TEST_MS,
  );

  it(
    'a killed worker takes its processes along, and at most the last seconds of the recording',
    async () => {
      const { told } = await welcomed();
      await waitFor(() => turnsOf(told).length === 1 && told.chunks.length > 1);
      const killedAt = Date.now();
      await worker.stop('SIGKILL');
      await waitFor(() => processesWith(worker.mark).length === 0, { what: 'no process left' });
      const { startedAt, sampleRate, agent } = readChunks(told);
      const recordedUntil = startedAt + (agent.length / sampleRate) * 1_000;
      expect(killedAt - recordedUntil).toBeLessThan(4_000);
      expect(told.outcomes).toEqual([]);
      worker = await newWorker();
      const next = await welcomed();
      expect(next.told.claims).toBe(1);
    },
    2 * TEST_MS,
  );

  it(
    'a stopped worker says that it was not the caller who left, and is gone within three seconds',
    async () => {
      const { told } = await welcomed();
      await stopInTime();
      expect(told.outcomes).toMatchObject([{ end_reason: 'system_failure' }]);
    },
    TEST_MS,
  );

  it(
    'a worker that is stopped on its way into a call says so as well',
    async () => {
      worker = await newWorker();
      const { told } = await call();
      await waitFor(() => told.claims === 1, { timeoutMs: 30_000, what: 'the claim' });
      await worker.stop();
      expect(told.events).toEqual([]);
      expect(told.outcomes).toMatchObject([{ end_reason: 'system_failure' }]);
    },
    TEST_MS,
  );

  it(
    'a call whose process holds more memory than it may ends with that on its record',
    async () => {
      worker = await newWorker({ AGENT_MEMORY_LIMIT_MB: '256' });
      const { told } = await call();
      expect(await outcome(told, 30_000)).toEqual({
        end_reason: 'system_failure',
        error: 'The agent used more than 256 MB of memory, and was stopped.',
      });
      await worker.stop();
    },
    TEST_MS,
  );

  it(
    'a call whose process dies is told of by the worker',
    async () => {
      worker = await newWorker();
      const { told } = await welcomed();
      for (const { pid, command } of processesWith(worker.mark)) {
        if (command.includes('job-main')) process.kill(pid, 'SIGSEGV');
      }
      expect(await outcome(told)).toEqual({
        end_reason: 'system_failure',
        error: 'The agent broke down (SIGSEGV).',
      });
      await worker.stop();
    },
    TEST_MS,
  );

  it(
    'a worker that is stopped tells it for a call whose process hangs',
    async () => {
      worker = await newWorker();
      const { told } = await welcomed();
      const hanging = processesWith(worker.mark).filter(({ command }) =>
        command.includes('job-main'),
      );
      for (const { pid } of hanging) process.kill(pid, 'SIGSTOP');
      await stopInTime();
      expect(told.outcomes).toMatchObject([{ end_reason: 'system_failure' }]);
    },
    TEST_MS,
  );
});
