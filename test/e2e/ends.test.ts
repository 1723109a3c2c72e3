/** Every way in which a call can end, as the visitor sees it and as the record tells it. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import { waitFor } from '../support/wait-for.js';
import { callerFile, heard, launchBrowser, openMedia, openPage, say } from './browser.js';
import { holdsEvidence } from './evidence.js';
import { pageCall, type PageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

const hours = { sentence: 'What time do you open on Saturday?', answer: /saturday/i };
/** What a killed worker may take with it: what it had not yet handed in. */
const LAST_SECONDS_MS = 4_000;

let product: Product;
const browsers: Browser[] = [];

beforeAll(async () => {
  product = await startProduct();
});

afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.close();
});

afterAll(async () => {
  await product?.stop();
});

async function browserFor(kind: 'injected' | 'refused' = 'injected'): Promise<Browser> {
  const browser = await launchBrowser(kind);
  browsers.push(browser);
  return browser;
}

async function liveCall(): Promise<{
  call: PageCall;
  id: string;
  page: Awaited<ReturnType<typeof openPage>>;
}> {
  const page = await openPage(await browserFor(), product.url, true);
  const call = await pageCall(page, product);
  expect(await call.start()).toEqual({ refusal: null });
  const state = await waitFor(
    async () => {
      const now = await call.state();
      if (now.status === 'ended' || now.status === 'failed') throw new Error(JSON.stringify(now));
      return now.status === 'active' ? now : null;
    },
    { timeoutMs: 20_000, what: 'an active call' },
  );
  await waitFor(async () => (await product.call(state.callId)).status === 'received');
  return { call, id: state.callId, page };
}

/** A live call in which a question was asked and answered, heard at both ends. */
async function spokenCall(): ReturnType<typeof liveCall> {
  const live = await liveCall();
  await live.call.agentDone();
  await askAndHear(live);
  return live;
}

async function askAndHear({ call, id, page }: Awaited<ReturnType<typeof liveCall>>): Promise<void> {
  await say(page, callerFile('af_heart', 'hours'));
  await call.agentDone();
  await waitFor(async () => (await product.call(id)).transcript.length >= 3, {
    what: 'the question and its answer in the record',
  });
  expect((await heard(page)).energy).toBeGreaterThan(0.01);
}

/** The closed record, with its recording. */
function evidence(id: string): Promise<Call> {
  return waitFor(
    async () => {
      const record = await product.call(id);
      return record.recording.status === 'available' ? record : null;
    },
    { timeoutMs: 90_000, what: 'the recording' },
  );
}

function closed(id: string, timeoutMs = 15_000): Promise<Call> {
  return waitFor(
    async () => {
      const record = await product.call(id);
      return record.ended_at ? record : null;
    },
    { timeoutMs, what: 'the closed record' },
  );
}

describe('a live call', () => {
  it('ended by the backend: the page shows it within a second', async () => {
    const { call, id, page } = await spokenCall();
    const answer = await product.rest('POST', `/v1/web-calls/${id}/terminate`);
    const at = Date.now();
    expect(answer.status).toBe(200);
    const end = await call.ended(3000);
    expect(Date.now() - at).toBeLessThan(1000);
    expect(end).toMatchObject({ status: 'ended', endReason: 'terminated_by_api' });
    expect(await closed(id)).toMatchObject({
      status: 'completed',
      end_reason: 'terminated_by_api',
    });
    await waitFor(async () => (await openMedia(page)).connections === 0, { what: 'closed media' });
    const again = await product.rest('POST', `/v1/web-calls/${id}/terminate`);
    expect(again).toMatchObject({ status: 200, body: { end_reason: 'terminated_by_api' } });
    await holdsEvidence(await evidence(id), hours);
  });

  it('ended by the visitor', async () => {
    const { call, id } = await liveCall();
    await call.end();
    expect(await call.ended()).toMatchObject({ status: 'ended', endReason: 'user_disconnected' });
    expect(await closed(id)).toMatchObject({
      status: 'completed',
      end_reason: 'user_disconnected',
    });
  });

  it('whose tab is closed', async () => {
    const { id, page } = await spokenCall();
    await page.close({ runBeforeUnload: true });
    expect(await closed(id)).toMatchObject({ status: 'completed', end_reason: 'page_closed' });
    await holdsEvidence(await evidence(id), hours);
  });

  it('whose tab crashes', async () => {
    const { id, page } = await spokenCall();
    await page.goto('chrome://crash').catch(() => undefined);
    const record = await closed(id, 45_000);
    expect(record).toMatchObject({ status: 'completed', end_reason: 'network_failure' });
    await holdsEvidence(await evidence(id), hours);
  });

  it('whose agent is killed: it fails, the agent comes back, the next call is answered', async () => {
    const { call, id } = await spokenCall();
    const killedAt = Date.now();
    process.kill(product.processOf('agent/main.js').pid, 'SIGKILL');
    const record = await closed(id, 40_000);
    expect(record).toMatchObject({ status: 'failed', end_reason: 'system_failure' });
    expect(await call.ended()).toMatchObject({ endReason: 'system_failure' });
    // What was said is kept, and the recording but for its last seconds.
    const lostMs = Date.parse(record.ended_at ?? '') - killedAt + LAST_SECONDS_MS;
    await holdsEvidence(await evidence(id), { ...hours, lostMs });
    await waitFor(() => product.output().includes('agent is back.'), {
      timeoutMs: 20_000,
      what: 'the agent',
    });
    const next = await liveCall();
    await next.call.end();
    expect(await closed(next.id)).toMatchObject({ status: 'completed' });
  });
});

describe('a crash of our own', () => {
  it('of the media server leaves no call open, and the next one works', async () => {
    const { call, id } = await liveCall();
    const [record] = await Promise.all([closed(id, 60_000), product.crashMedia()]);
    // Both sides may find each other again on the new one; then the silent caller is hung up on.
    expect(record.end_reason).toMatch(/network_failure|system_failure|silence_timeout/);
    expect((await call.ended(30_000)).status).toMatch(/ended|failed/);
    const next = await liveCall();
    await next.call.end();
    expect(await closed(next.id)).toMatchObject({ status: 'completed' });
  });

  it('of the server does not end the call, and what is said afterwards is kept as well', async () => {
    const live = await liveCall();
    const { call, id } = live;
    await call.agentDone();
    process.kill(product.processOf('main.js').pid, 'SIGKILL');
    await waitFor(() => product.output().includes('server is back.'), { timeoutMs: 20_000 });
    expect((await call.state()).status).toBe('active');
    await askAndHear(live);
    await call.end();
    expect(await closed(id)).toMatchObject({
      status: 'completed',
      end_reason: 'user_disconnected',
    });
    await holdsEvidence(await evidence(id), hours);
  });
});

describe('a call that never gets there', () => {
  it('because the microphone is refused', async () => {
    const page = await openPage(await browserFor('refused'), product.url);
    const call = await pageCall(page, product);
    const before = (await product.newestCall())?.id;
    expect(await call.start()).toEqual({ refusal: 'microphone_denied' });
    // Microphone and grant are asked for at once: the record is there, and gone with the start.
    await call.end();
    const newest = (await product.newestCall())?.id ?? '';
    expect(newest).not.toBe(before ?? '');
    expect(await closed(newest)).toMatchObject({
      status: 'cancelled',
      end_reason: 'microphone_denied',
    });
    await page.locator('dialnexa-call').getByRole('button').first().click();
    const told = page.locator('dialnexa-call').getByRole('alert').first();
    await told.waitFor();
    expect(await told.innerText()).toMatch(/site settings[^]*microphone_denied/);
    await waitFor(async () => (await openMedia(page)).connections === 0);
  });

  it('because the agent does not come', async () => {
    const agent = product.processOf('agent/main.js').pid;
    const group = product.processes().filter((one) => one.command.includes('agents/dist'));
    const everyone = [agent, ...group.map((one) => one.pid)];
    for (const pid of everyone) process.kill(pid, 'SIGSTOP');
    try {
      const page = await openPage(await browserFor(), product.url, true);
      const call = await pageCall(page, product);
      await call.start();
      const end = await call.ended(40_000);
      expect(end).toMatchObject({ endReason: 'agent_did_not_join' });
      const record = await closed(('callId' in end && end.callId) || '');
      expect(record).toMatchObject({ status: 'no_answer', end_reason: 'agent_did_not_join' });
    } finally {
      for (const pid of everyone) process.kill(pid, 'SIGCONT');
    }
  });
});
