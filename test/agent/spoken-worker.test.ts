/** The agent worker, spoken to: what a caller hears, how soon, and what is told of it. */
import { describe, expect, it } from 'vitest';
import { setTimeout as wait } from 'node:timers/promises';
import { deleteRoom } from '../../server/livekit/room-service.js';
import { API_KEY, API_SECRET } from '../embedded/support/embedded-process.js';
import { processesWith } from '../support/processes.js';
import type { LiveProcess } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { turnsOf } from './support/fake-jobs-server.js';
import type { AgentJobTurn } from '../../sdk/wire/agent-job.js';
import { readChunks, recordedLoudness } from './support/recorded.js';
import { CALL_TEST_MS, WorkerRig } from './support/worker-rig.js';
import type { CallerOfWorker } from './support/worker-rig.js';

const SILENCE = 0.002;
const VOICE = 0.01;

const rig = WorkerRig.forThisFile();

/** What the framework would start for the same is not wanted beside it. */
function sharedProcesses(): LiveProcess[] {
  return processesWith(rig.worker.mark).filter(({ command }) =>
    /shared-main|inference_proc/.test(command),
  );
}

describe('a spoken call', () => {
  it(
    'is answered, told turn by turn while it goes on, recorded on two sides, and ended once',
    async () => {
      const { caller, told } = await rig.welcomed();
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
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
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
    CALL_TEST_MS,
  );

  it(
    'is cut short where the caller interrupts, and only what was heard is told',
    async () => {
      const { caller, told } = await rig.welcomed();
      const asked = await caller.say('af_heart-human');
      await caller.agentIs('speaking', asked.endedAt);
      const interrupted = await caller.say('af_heart-interrupt');
      const turn = await waitFor(() => turnsOf(told).find((one) => one.interrupted), {
        what: 'the interrupted turn',
      });
      expect(turn.role).toBe('agent');
      const ended = Date.parse(turn.ended_at);
      const later = (): AgentJobTurn[] => turnsOf(told).slice(turnsOf(told).indexOf(turn) + 1);
      const next = await waitFor(() => later().find((one) => one.role === 'agent'), {
        what: 'the answer to the interruption',
      });
      const nextStarted = Date.parse(next.started_at);
      const lastHeard = Math.max(...caller.heard.filter((at) => at < nextStarted));
      expect(lastHeard).toBeGreaterThan(interrupted.voiceAt);
      expect(lastHeard - interrupted.voiceAt).toBeLessThan(800);
      expect(Math.abs(lastHeard - ended)).toBeLessThan(500);

      await caller.leave();
      await rig.outcome(told);
      const recording = readChunks(told);
      expect(recordedLoudness(recording, 'agent', ended - 500, ended)).toBeGreaterThan(VOICE);
      expect(recordedLoudness(recording, 'agent', ended + 100, nextStarted - 50)).toBeLessThan(
        SILENCE,
      );
      expect(recordedLoudness(recording, 'agent', nextStarted, nextStarted + 500)).toBeGreaterThan(
        VOICE,
      );
    },
    CALL_TEST_MS,
  );

  it(
    'does not wait for what its page recorded, if that is nothing; what was said since is heard',
    async () => {
      const { caller, told } = await rig.call({}, null);
      await caller.agentIs('listening', 0, 30_000);
      const toldAt = Date.now();
      await caller.tellQuiet();
      await waitFor(() => told.events.some(({ type }) => type === 'answered'), {
        what: 'its being answered',
        everyMs: 10,
      });
      // For a recording that has been announced, one and a half seconds are waited.
      expect(Date.now() - toldAt).toBeLessThan(1_000);
      await caller.handIn('af_heart-hours');
      const turns = await waitFor(
        () => {
          const turns = turnsOf(told);
          const asked = turns.findIndex(({ role }) => role === 'user');
          if (asked >= 0 && turns.slice(asked + 1).length > 0) return turns;
          throw new Error(JSON.stringify([turns, caller.states]));
        },
        { what: 'the answer', timeoutMs: 20_000 },
      );
      expect(turns.find(({ role }) => role === 'user')?.content).toMatch(/saturday/i);
      expect(turns.at(-1)?.content).toMatch(/saturday/i);
    },
    CALL_TEST_MS,
  );

  it(
    'is ended by the agent, after its last words',
    async () => {
      const { caller, told } = await rig.welcomed();
      const said = await caller.say('am_michael-bye');
      const speaking = await caller.agentIs('speaking', said.endedAt);
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'agent_disconnected' });
      expect(caller.heard.at(-1)).toBeGreaterThan(speaking);
      expect(turnsOf(told).at(-1)).toMatchObject({ role: 'agent' });
      expect(turnsOf(told).at(-1)?.interrupted ?? false).toBe(false);
      expect(told.events.some((event) => event.type === 'function' && event.ok)).toBe(true);
    },
    CALL_TEST_MS,
  );
});

describe('the trace of a spoken call', () => {
  it(
    'is one trace, with a place for everything and no word of it, and costs the end of the call nothing',
    async () => {
      const { caller, told } = await rig.welcomed();
      const asked = await caller.say('af_heart-hours');
      const speaking = await caller.agentIs('speaking', asked.endedAt);
      await caller.agentIs('listening', speaking);
      await caller.say('am_michael-bye');
      await rig.outcome(told);
      const [, traceId = '', rootSpanId] = told.traceparent?.split('-') ?? [];
      const spans = () => rig.collector.of(traceId);
      // The last of all.
      await waitFor(() => spans().some(({ name }) => name === 'agent_job'), { what: 'the trace' });
      const named = (name: string) => spans().filter((span) => span.name === name);
      const parentOf = (name: string): string[] => {
        const ids = new Set(named(name).map(({ parentId }) => parentId));
        return [...new Set(spans().flatMap((one) => (ids.has(one.spanId) ? [one.name] : [])))];
      };
      expect(named('agent_job')[0]?.parentId).toBe(rootSpanId);
      expect(parentOf('agent_session')).toEqual(['agent_job']);
      expect(parentOf('user_turn')).toEqual(['agent_session']);
      expect(parentOf('recognition')).toEqual(['user_turn']);
      expect(parentOf('agent_turn')).toEqual(['agent_session']);
      expect(parentOf('llm_node')).toEqual(['agent_turn']);
      expect(parentOf('tts_node')).toEqual(expect.arrayContaining(['agent_turn']));
      expect(parentOf('function_tool')).toEqual(['agent_turn']);
      const known = new Set(spans().map(({ spanId }) => spanId)).add(rootSpanId ?? '');
      const lost = spans().filter(({ parentId }) => !known.has(parentId ?? ''));
      expect(lost.map(({ name }) => name)).toEqual([]);
      expect(named('function_tool')[0]?.attributes).toMatchObject({
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'end_call',
        'gen_ai.conversation.id': told.callId,
      });
      expect(named('llm_request')[0]?.attributes).toMatchObject({
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'dialogue',
      });
      const theirs = told.events.some((event) => event.type === 'trace');
      expect(theirs).toBe(false);
      for (const { content } of turnsOf(told)) {
        for (const words of content.match(/\S+ \S+/g) ?? []) {
          expect(rig.collector.has(words), words).toBe(false);
        }
      }
    },
    CALL_TEST_MS,
  );

  it(
    'takes nothing from a call whose collector hangs',
    async () => {
      rig.collector.mood = 'hangs';
      const { caller, told } = await rig.welcomed();
      const asked = await caller.say('af_heart-hours');
      expect((await caller.agentIs('speaking', asked.endedAt)) - asked.endedAt).toBeLessThan(2_000);
      const left = Date.now();
      await caller.leave();
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
      expect(Date.now() - left).toBeLessThan(3_000);
    },
    CALL_TEST_MS,
  );
});

describe('what is said before the agent can hear', () => {
  it(
    'is answered without a greeting on top, and stands in the record where it was said',
    async () => {
      const { caller, told } = await rig.call({}, 'af_heart-hours');
      const ready = await caller.agentIs('listening', 0, 30_000);
      const speaking = await caller.agentIs('speaking', ready);
      await caller.agentIs('listening', speaking);
      await waitFor(() => turnsOf(told).length >= 2, { what: 'the answer' });
      await caller.leave();
      await rig.outcome(told);
      const [question, answer, ...more] = turnsOf(told);
      expect(more).toEqual([]);
      expect(question).toMatchObject({ role: 'user', intent: 'opening_hours' });
      expect(question?.content).toMatch(/saturday/i);
      expect(answer?.content).toMatch(/saturday/i);
      // From when the agent heard it: it was not there while it was said.
      const { stt_ms, total_ms, ...stages } = answer?.latency ?? {};
      expect(stt_ms).toBe(null);
      expect(Object.values(stages)).toEqual(Array.from({ length: 3 }, () => expect.any(Number)));
      expect(total_ms).toBeGreaterThan(0);
      expect(total_ms).toBeLessThan(speaking - ready + 1_000);
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
    CALL_TEST_MS,
  );
});

describe('a call that ends in the middle', () => {
  const ANSWER = 'On Saturday we are open from 10 in the morning until 4 in the afternoon.';
  /** Nobody measures to the millisecond when a caller is gone. */
  const SLACK_MS = 200;

  /** Ends it so long after the agent began to speak. Answers when that was. */
  async function endWhileSpeaking(
    { caller, told }: CallerOfWorker,
    afterMs: number,
    how: 'hung up' | 'deleted' = 'hung up',
  ): Promise<number> {
    await wait((await caller.agentIs('speaking', 0, 30_000)) + afterMs - Date.now());
    let endedAt = Date.now();
    if (how === 'hung up') await caller.leave();
    else {
      const config = { url: rig.media.httpUrl, apiKey: API_KEY, apiSecret: API_SECRET };
      await deleteRoom(config, told.roomName);
      // A room that is deleted lets out what is on its way.
      await caller.disconnected;
      endedAt = Date.now();
    }
    await rig.outcome(told);
    return endedAt;
  }

  async function answering(): Promise<CallerOfWorker> {
    const both = await rig.call({ conversation_start_type: 'user' });
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
    CALL_TEST_MS,
  );

  it(
    'has no turn of an answer, and none of a greeting, of which no word was heard',
    async () => {
      const [asked, greeted] = [await answering(), await rig.call()];
      await Promise.all([endWhileSpeaking(asked, 100), endWhileSpeaking(greeted, 100)]);
      expect(turnsOf(asked.told).map((turn) => turn.role)).toEqual(['user']);
      expect(turnsOf(greeted.told)).toEqual([]);
    },
    CALL_TEST_MS,
  );

  it(
    'tells the last question where it was asked, and logs the reason of its record',
    async () => {
      const { caller, told } = await rig.call({ conversation_start_type: 'user' });
      told.recordedReason = 'page_closed';
      await caller.agentIs('listening', 0, 30_000);
      const said = await caller.say('af_heart-hours');
      const endedAt = Date.now();
      await caller.leave();
      await rig.outcome(told);
      const [question] = turnsOf(told);
      expect(question?.content).toMatch(/saturday/i);
      expect(Math.abs(Date.parse(question?.started_at ?? '') - said.voiceAt)).toBeLessThan(500);
      const ended = Date.parse(question?.ended_at ?? '');
      expect(ended).toBeGreaterThan(said.endedAt - 1_000);
      expect(ended).toBeLessThan(endedAt + SLACK_MS);
      const lines = () => rig.worker.output().split('\n');
      const line = await waitFor(
        () => lines().find((one) => one.includes(told.callId) && one.includes('call ended')),
        { what: 'the line of the log' },
      );
      expect(JSON.parse(line)).toMatchObject({ reason: 'page_closed' });
    },
    CALL_TEST_MS,
  );

  it(
    'is not greeted when the caller left while the agent was on the way in',
    async () => {
      for (const seen of ['claims', 'states'] as const) {
        const { caller, told } = await rig.call();
        await waitFor(() => told.claims > 0 && (seen === 'claims' || caller.states.length > 0), {
          timeoutMs: 30_000,
          everyMs: 5,
        });
        await caller.leave();
        await rig.outcome(told);
        expect(turnsOf(told)).toEqual([]);
        expect(told.outcomes).toMatchObject([{ end_reason: 'user_disconnected' }]);
      }
    },
    CALL_TEST_MS,
  );
});

describe('when the process with the recogniser and the voice dies', () => {
  const WELCOME_MS = 6_000;
  const isWarning = (line: string): boolean => /shared recogniser is away|flite does/.test(line);

  it(
    'a caller is understood all the same, and the next is greeted as soon and by the same voice',
    async () => {
      const { caller, told } = await rig.welcomed();
      const [shared, ...more] = sharedProcesses();
      expect(more).toEqual([]);
      process.kill(shared?.pid ?? 0, 'SIGKILL');
      await caller.say('af_heart-hours');
      const question = await waitFor(() => turnsOf(told).find((turn) => turn.role === 'user'), {
        what: 'the question',
      });
      expect(question.content).toMatch(/saturday/i);
      await caller.leave();
      await rig.outcome(told);
      const joined = Date.now();
      const next = await rig.call();
      const greeted = await next.caller.agentIs('speaking', 0, 30_000);
      expect(greeted - joined).toBeLessThan(WELCOME_MS);
      await next.caller.agentIs('listening', greeted);
      const replacement = sharedProcesses();
      expect(replacement).toHaveLength(1);
      expect(replacement[0]?.pid).not.toBe(shared?.pid);
      const lines = rig.worker.output().split('\n');
      expect(lines.filter((line) => line.includes('ended (SIGKILL)'))).toHaveLength(1);
      expect(lines.filter(isWarning)).toEqual([]);
    },
    CALL_TEST_MS,
  );
});
