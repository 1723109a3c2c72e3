/** The example of an agent of one's own answers a call and tells the record everything. */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { mediaServers } from '../conformance/support/media-servers.js';
import { openProduct, type OpenProduct } from '../foreign/support/open-product.js';
import { startWorker, type Worker } from '../foreign/support/worker.js';
import { loudness, readStereoWav } from '../support/stereo-wav.js';
import { waitFor } from '../support/wait-for.js';
import { callerFile, launchBrowser, openPage, say } from './browser.js';
import { pageCall } from './page-call.js';

const agent = fileURLToPath(new URL('../../examples/own-agent/agent.mjs', import.meta.url));

describe('examples/own-agent', () => {
  let product: OpenProduct;
  let worker: Worker;
  let browser: Browser;
  let record: Call;

  beforeAll(async () => {
    const [embedded] = mediaServers;
    if (!embedded) throw new Error('no media server');
    product = await openProduct(embedded, 'own-agent');
    const env = {
      ...product.workerEnv,
      AGENT_NAME: 'own-agent',
      DIALNEXA_SERVER_URL: product.url,
      OPENAI_API_KEY: '',
    };
    [worker, browser] = await Promise.all([
      startWorker({ program: process.execPath, args: [agent, 'start'] }, env),
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

  it('answers, and hangs up after its goodbye', async () => {
    const page = await openPage(browser, product.url, true);
    const call = await pageCall(page, product);
    expect(await call.start()).toEqual({ refusal: null });
    await call.agentDone();
    await say(page, callerFile('af_heart', 'hours'));
    await call.agentDone();
    await say(page, callerFile('af_heart', 'bye'));
    const end = await call.ended(20_000);
    expect(end).toMatchObject({ status: 'ended', endReason: 'agent_disconnected' });
    const id = 'callId' in end ? (end.callId ?? '') : '';
    record = await waitFor(
      async () => {
        const now = await product.call(id);
        return now.recording.status === 'available' ? now : null;
      },
      { timeoutMs: 15_000, what: 'the recording' },
    );
  });

  it('tells a stranger with a grant nothing but what it says', async () => {
    const answer = await fetch(`${product.url}/v1/web-calls`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${product.publishableKey}`,
        'content-type': 'application/json',
        origin: product.url,
      },
      body: JSON.stringify({ agent_id: product.agentId }),
    });
    const grant = (await answer.json()) as CreateWebCallResponse;
    const caller = await NodePeer.enter(grant.server_url, grant.access_token);
    const told: string[] = [];
    caller.room.registerByteStreamHandler('lk.agent.session', ({ info }) => {
      told.push(info.name);
    });
    // A host for remote sessions would have told of the session's states by then.
    await waitFor(() => caller.texts.some(({ topic }) => topic === 'lk.transcription'), {
      timeoutMs: 20_000,
      what: 'its greeting',
    });
    expect(told).toEqual([]);
    await caller.leave();
  });

  it('reports each turn once, with its times and how long the answer took', () => {
    expect(record).toMatchObject({ status: 'completed', end_reason: 'agent_disconnected' });
    const roles = record.transcript.map((turn) => turn.role);
    expect(roles).toEqual(['agent', 'user', 'agent', 'user', 'agent']);
    expect(record.transcript.at(-1)?.content).toBe('Goodbye.');
    for (const turn of record.transcript) {
      expect(turn.source).toBe('agent');
      expect(turn.end_ms).toBeGreaterThanOrEqual(turn.start_ms);
    }
    const answers = record.transcript.filter((turn) => turn.role === 'agent').slice(1);
    for (const turn of answers) expect(turn.latency?.total_ms).toBeGreaterThan(0);
    expect(record.latency_ms).toBeGreaterThan(0);
    expect(record.turn_count).toBe(5);
    expect(record.latency?.answers).toBe(answers.length);
    // Two answers and a greeting, by the framework's own figures.
    expect(record.usage?.voice_characters).toBeGreaterThan('Hello.'.length + 'Goodbye.'.length);
    expect(record.usage?.providers.map(({ kind }) => kind)).toContain('voice');
  });

  it('hands in a recording with the caller on the left and the agent on the right', async () => {
    const { url, offset_ms: offset } = record.recording;
    const bytes = await (await fetch(new URL(url ?? '', product.url))).arrayBuffer();
    const wav = readStereoWav(new Uint8Array(bytes));
    const [greeting, question] = record.transcript;
    const level = (side: 'left' | 'right', turn = greeting): number =>
      turn
        ? loudness(
            wav[side],
            wav.sampleRate,
            turn.start_ms - (offset ?? 0),
            turn.end_ms - (offset ?? 0),
          )
        : 0;
    expect(level('right', greeting)).toBeGreaterThan(4 * level('left', greeting));
    expect(level('left', question)).toBeGreaterThan(4 * level('right', question));
  });
});
