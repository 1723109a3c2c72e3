/** Agents that know nothing of this project answer calls, and the record explains those calls as well. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import { mediaServers } from '../conformance/support/media-servers.js';
import { openProduct, type OpenProduct } from '../foreign/support/open-product.js';
import { findPythonAgent } from '../foreign/support/python-agent.mjs';
import { startWorker, type Worker, type WorkerCommand } from '../foreign/support/worker.js';
import { waitFor } from '../support/wait-for.js';
import { callerFile, heard, launchBrowser, openPage, say } from './browser.js';
import { pageCall, type PageCall } from './page-call.js';

interface Foreigner {
  name: string;
  /** Why it is left out on this machine, or `null`. */
  missing: string | null;
  command: () => WorkerCommand;
}

const nodeAgent: Foreigner = {
  name: 'Node',
  missing: null,
  command: () => ({
    program: process.execPath,
    args: [fileURLToPath(new URL('../foreign/node-agent/agent.mjs', import.meta.url)), 'start'],
  }),
};
const python = findPythonAgent();
const pythonAgent: Foreigner = {
  name: 'Python',
  missing: 'missing' in python ? python.missing : null,
  command: () => ('command' in python ? python.command : { program: '', args: [] }),
};
const foreigners = [nodeAgent, pythonAgent];

for (const media of mediaServers) {
  describe(`on ${media.name}`, () => {
    for (const foreigner of foreigners) {
      const missing = media.missing ?? foreigner.missing;
      const title = `a ${foreigner.name} agent of somebody else`;
      if (missing) console.log(`${title} on ${media.name}: left out, because ${missing}.`);
      // Each waits mostly for its own agent.
      describe.skipIf(missing !== null)(title, { concurrent: true }, () => {
        let product: OpenProduct;
        let worker: Worker;
        let browser: Browser;
        // Each way on each server, by one of the two.
        const isLeaving = (media.name === 'embedded') === (foreigner.name === 'Python');
        const hangUp = isLeaving ? 'leave' : 'delete';

        beforeAll(async () => {
          product = await openProduct(media, 'front-desk');
          [worker, browser] = await Promise.all([
            startWorker(foreigner.command(), { ...product.workerEnv, FOREIGN_HANG_UP: hangUp }),
            launchBrowser('injected'),
          ]);
        });
        afterEach(({ task }) => {
          if (task.result?.state === 'fail') console.log(worker.said().slice(-4_000));
        });
        afterAll(async () => {
          await browser?.close();
          await worker?.stop();
          await product?.stop();
        });

        async function answeredCall(): Promise<{ page: Page; call: PageCall; id: string }> {
          const page = await openPage(browser, product.url, true);
          const call = await pageCall(page, product);
          expect(await call.start()).toEqual({ refusal: null });
          await call.agentDone();
          await shows(call, ['agent: Hello, this is somebody else.']);
          const state = await call.state();
          const id = 'callId' in state ? (state.callId ?? '') : '';
          await waitFor(async () => (await product.call(id)).status === 'received', {
            what: 'the record that it is answered',
          });
          return { page, call, id };
        }
        // The last words are written a moment after the end.
        const closed = (id: string, turns = 0): Promise<Call> =>
          waitFor(
            async () => {
              const record = await product.call(id);
              if (record.ended_at && record.transcript.length >= turns) return record;
              throw new Error(JSON.stringify([record.end_reason, record.transcript]));
            },
            { timeoutMs: 20_000, what: 'the closed record' },
          );

        // The first call loads what the next ones find loaded: its greeting may come before the ears, and is not asked for.
        it.sequential('is left by its caller', async () => {
          const { page, call, id } = await answeredCall();
          await call.end();
          const record = await closed(id);
          expect(record).toMatchObject({ status: 'completed', end_reason: 'user_disconnected' });
          holdsTogether(record);
          await page.close();
        });

        it.sequential(
          'greets and answers in the page, says goodbye, and is recorded as the one who hung up',
          async () => {
            const { page, call, id } = await answeredCall();
            expect((await heard(page)).energy).toBeGreaterThan(0);
            await say(page, callerFile('af_heart', 'hours'));
            await call.agentDone();
            const words = [
              'agent: Hello, this is somebody else.',
              'user: what time do you open',
              'agent: You said: what time do you open.',
            ];
            await shows(call, words);
            await say(page, callerFile('af_heart', 'bye'));
            const end = await call.ended(20_000);
            expect(end).toMatchObject({ status: 'ended', endReason: 'agent_disconnected' });

            const record = await closed(id, 5);
            expect(record).toMatchObject({ status: 'completed', end_reason: 'agent_disconnected' });
            expect(record.transcript.map(({ role, content }) => `${role}: ${content}`)).toEqual([
              ...words,
              'user: thank you and goodbye',
              'agent: Goodbye then.',
            ]);
            holdsTogether(record);
            await page.close();
          },
        );

        it.sequential('breaks down, and the call with it', async () => {
          const { page, call, id } = await answeredCall();
          await worker.stop();
          expect(await call.ended(40_000)).toMatchObject({ endReason: 'system_failure' });
          const record = await closed(id);
          expect(record).toMatchObject({ status: 'failed', end_reason: 'system_failure' });
          await page.close();
        });
      });
    }
  });
}

function shows(call: PageCall, words: readonly string[]): Promise<boolean> {
  return waitFor(
    async () => {
      const shown = await call.transcript();
      return shown.map(({ role, text }) => `${role}: ${text}`).join('|') === words.join('|');
    },
    { what: 'the words in the page' },
  );
}

/** Times, participants and evidence of a record, as they must be whoever answered. */
function holdsTogether(record: Call): void {
  const at = (text: string | null): number => new Date(text ?? Number.NaN).getTime();
  expect(at(record.started_at)).toBeGreaterThanOrEqual(at(record.created_at));
  expect(at(record.answered_at)).toBeGreaterThanOrEqual(at(record.started_at));
  expect(at(record.ended_at)).toBeGreaterThan(at(record.answered_at));
  expect(record.duration_ms).toBe(at(record.ended_at) - at(record.started_at));
  const people = new Map(record.participants.map((one) => [one.role, one]));
  expect(record.participants).toHaveLength(2);
  expect(people.get('caller')?.joined_at).toBe(record.started_at);
  expect(people.get('agent')?.identity).toMatch(/^agent-/);
  for (const { joined_at: joined, left_at: left } of record.participants) {
    expect(at(left)).toBeGreaterThan(at(joined));
    // Whoever hangs up ends the call; the other one leaves a moment later.
    expect(at(left)).toBeLessThan(at(record.ended_at) + 5_000);
  }
  expect(record.recording.status).toBe('none');
  expect(record.turn_count).toBe(record.transcript.length);
  // Each status once, though two may come with one row when the agent is there before its caller.
  const statuses = [...new Set(record.timeline.map((row) => row.status).filter(Boolean))];
  expect(statuses.filter((status) => status !== 'initiated')).toEqual([
    'created',
    'received',
    'completed',
  ]);
  const joined = record.timeline.filter((row) => row.type.endsWith('_joined'));
  expect(joined.map((row) => row.type).sort()).toEqual(['agent_joined', 'caller_joined']);
  let last = -1;
  for (const turn of record.transcript) {
    expect(turn.source).toBe('room');
    expect(turn.start_ms).toBeGreaterThan(last);
    expect(turn.end_ms).toBeGreaterThan(turn.start_ms);
    expect(turn.end_ms).toBeLessThanOrEqual((record.duration_ms ?? 0) + 500);
    last = turn.start_ms;
  }
}
