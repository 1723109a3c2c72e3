/** The agent worker when something around it or in it breaks: what is told all the same, and what is left behind. And when many come. */
import { describe, expect, it } from 'vitest';
import { processesWith } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { turnsOf } from './support/fake-jobs-server.js';
import type { ToldCall } from './support/fake-jobs-server.js';
import { readChunks } from './support/recorded.js';
import { CALL_TEST_MS, WorkerRig } from './support/worker-rig.js';

const rig = WorkerRig.forThisFile();

/** Those that have a call, or wait for one. */
function loadedProcesses(): number[] {
  return processesWith(rig.worker.mark).flatMap(({ pid, command }) =>
    command.includes('job-main') ? [pid] : [],
  );
}

/** Stops it, within the three seconds that its user waits, and with everything that it started. */
async function stopInTime(): Promise<void> {
  const began = Date.now();
  await rig.worker.stop();
  expect(Date.now() - began).toBeLessThan(3_000);
  expect(processesWith(rig.worker.mark)).toEqual([]);
}

/** Told by the call's own process, by the worker for it, or by both: the server takes the first. */
function expectFailure({ outcomes }: ToldCall): void {
  expect([...new Set(outcomes.map((one) => one.end_reason))]).toEqual(['system_failure']);
}

describe('when something breaks', () => {
  it(
    'a provider without a key ends the call as a failure with a sentence',
    async () => {
      const { told } = await rig.call({ llm: { provider: 'openai' } });
      const end = await rig.outcome(told, 50_000);
      expect(end.end_reason).toBe('system_failure');
      expect(end.error).toMatch(/openai/i);
    },
    CALL_TEST_MS,
  );

  it(
    'a server that was away is told everything, in order and once',
    async () => {
      const { caller, told } = await rig.welcomed();
      await waitFor(() => turnsOf(told).length === 1);
      rig.jobs.away = true;
      await caller.type('Where is your workshop?');
      const speaking = await caller.agentIs('speaking', Date.now());
      await caller.agentIs('listening', speaking);
      expect(turnsOf(told)).toHaveLength(1);
      const before = told.chunks.length;
      rig.jobs.away = false;
      const turns = await waitFor(() => (turnsOf(told).length >= 3 ? turnsOf(told) : null), {
        what: 'the turns of the meantime',
      });
      expect(turns.map((turn) => turn.role)).toEqual(['agent', 'user', 'agent']);
      expect(told.events.map((event) => event.seq)).toEqual(told.events.map((_, i) => i + 1));
      await waitFor(() => told.chunks.length > before + 1, { what: 'the recording' });
    },
    CALL_TEST_MS,
  );

  it(
    'a call that ends while the server is away still tells how it ended',
    async () => {
      const { caller, told } = await rig.welcomed();
      rig.jobs.away = true;
      await caller.leave();
      const before = rig.jobs.dropped;
      await waitFor(() => rig.jobs.dropped >= before + 3, { what: 'three tries' });
      rig.jobs.away = false;
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
    },
    CALL_TEST_MS,
  );

  it(
    'a store that is away keeps nobody from knowing how a call ended, and gets the recording later',
    async () => {
      const { caller, told } = await rig.welcomed();
      rig.jobs.storeAway = true;
      const before = told.chunks.length;
      const left = Date.now();
      await caller.leave();
      expect(await rig.outcome(told)).toMatchObject({ end_reason: 'user_disconnected' });
      expect(Date.now() - left).toBeLessThan(6_000);
      expect(told.chunks).toHaveLength(before);
      rig.jobs.storeAway = false;
      await waitFor(() => told.chunks.length > before, { what: 'the rest of the recording' });
    },
    CALL_TEST_MS,
  );

  it(
    'a killed worker takes its processes along, and at most the last seconds of the recording',
    async () => {
      const { told } = await rig.welcomed();
      await waitFor(() => turnsOf(told).length === 1 && told.chunks.length > 1);
      const killedAt = Date.now();
      await rig.worker.stop('SIGKILL');
      await waitFor(() => processesWith(rig.worker.mark).length === 0, { what: 'no process left' });
      const { startedAt, sampleRate, agent } = readChunks(told);
      const recordedUntil = startedAt + (agent.length / sampleRate) * 1_000;
      expect(killedAt - recordedUntil).toBeLessThan(4_000);
      expect(told.outcomes).toEqual([]);
      rig.worker = await rig.newWorker();
      const next = await rig.welcomed();
      expect(next.told.claims).toBe(1);
    },
    2 * CALL_TEST_MS,
  );

  it(
    'a stopped worker says that it was not the caller who left, and is gone within three seconds',
    async () => {
      const { told } = await rig.welcomed();
      await stopInTime();
      expectFailure(told);
    },
    CALL_TEST_MS,
  );

  it(
    'a worker that is stopped on its way into a call says so as well',
    async () => {
      rig.worker = await rig.newWorker();
      const { told } = await rig.call();
      await waitFor(() => told.claims === 1, { timeoutMs: 50_000, what: 'the claim' });
      await rig.worker.stop();
      expect(told.events).toEqual([]);
      expectFailure(told);
    },
    CALL_TEST_MS,
  );

  it(
    'a call whose process holds more memory than it may ends with that on its record',
    async () => {
      rig.worker = await rig.newWorker({ AGENT_MEMORY_LIMIT_MB: '128' });
      const { told } = await rig.call();
      expect(await rig.outcome(told, 50_000)).toEqual({
        end_reason: 'system_failure',
        error: 'The agent used more than 128 MB of memory, and was stopped.',
      });
      await rig.worker.stop();
    },
    CALL_TEST_MS,
  );

  it(
    'a call whose process dies is told of by the worker',
    async () => {
      rig.worker = await rig.newWorker();
      const { told } = await rig.welcomed();
      for (const pid of loadedProcesses()) process.kill(pid, 'SIGSEGV');
      expect(await rig.outcome(told)).toEqual({
        end_reason: 'system_failure',
        error: 'The agent broke down (SIGSEGV).',
      });
      await rig.worker.stop();
    },
    CALL_TEST_MS,
  );

  it(
    'a worker that is stopped tells it for a call whose process hangs',
    async () => {
      rig.worker = await rig.newWorker();
      const { told } = await rig.welcomed();
      for (const pid of loadedProcesses()) process.kill(pid, 'SIGSTOP');
      await stopInTime();
      expectFailure(told);
    },
    CALL_TEST_MS,
  );
});

it(
  'a caller is answered though the process that waited for a call was killed',
  async () => {
    await rig.worker.stop();
    rig.worker = await rig.newWorker({ AGENT_LOG_LEVEL: 'debug' });
    await waitFor(() => rig.worker.output().includes('job runner initialized'), {
      timeoutMs: 50_000,
      what: 'a process that waits',
    });
    for (const pid of loadedProcesses()) process.kill(pid, 'SIGKILL');
    const { caller } = await rig.welcomed();
    await caller.leave();
    await rig.worker.stop();
  },
  CALL_TEST_MS,
);

it(
  'visitors who come at the same moment each get a process that waits for them',
  async () => {
    await rig.worker.stop();
    rig.worker = await rig.newWorker({ AGENT_SPARE_PROCESSES: '3' });
    const waiting = await waitFor(
      () => {
        const loaded = loadedProcesses();
        return loaded.length === 3 ? loaded : null;
      },
      {
        timeoutMs: 50_000,
        what: 'three processes that wait',
      },
    );
    const calls = await Promise.all([rig.call(), rig.call(), rig.call()]);
    await Promise.all(calls.map(({ caller }) => caller.agentIs('speaking', 0, 60_000)));
    await Promise.all(calls.map(({ caller }) => caller.leave()));
    await waitFor(() => loadedProcesses().every((pid) => !waiting.includes(pid)), {
      timeoutMs: 60_000,
      what: 'the end of those that waited',
    });
    await rig.worker.stop();
  },
  2 * CALL_TEST_MS,
);
