/** How calls end in which a question was asked and answered: the page, the record, and the evidence in it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import { waitFor } from '../support/wait-for.js';
import { callerFile, heard, launchBrowser, openMedia, say } from './browser.js';
import { holdsEvidence } from './evidence.js';
import { closedRecord, liveCall, recordedCall, type LiveCall } from './live-call.js';
import { startProduct, type Product } from './product.js';

const hours = { sentence: 'What time do you open on Saturday?', answer: /saturday/i };
/** What a killed worker may take with it: what it had not yet handed in. */
const LAST_SECONDS_MS = 4_000;

let product: Product;
let browser: Browser;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser('injected');
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const closed = (id: string, timeoutMs?: number): Promise<Call> =>
  closedRecord(product, id, timeoutMs);

const recorded = (id: string, lostMs?: number): Promise<Call> =>
  recordedCall(product, id, 30_000, lostMs);

/** A live call in which a question was asked and answered, heard at both ends. */
async function spokenCall(): Promise<LiveCall> {
  const live = await liveCall(product, browser);
  await live.call.agentDone();
  await askAndHear(live);
  return live;
}

async function askAndHear({ call, id, page }: LiveCall): Promise<void> {
  await say(page, callerFile('af_heart', 'hours'));
  await call.agentDone();
  await waitFor(async () => (await product.call(id)).transcript.length >= 3, {
    what: 'the question and its answer in the record',
  });
  expect((await heard(page)).energy).toBeGreaterThan(0.01);
}

describe('a spoken call', () => {
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
    await holdsEvidence(await recorded(id), hours);
  });

  it('whose tab is closed', async () => {
    const { id, page } = await spokenCall();
    await page.close({ runBeforeUnload: true });
    expect(await closed(id)).toMatchObject({ status: 'completed', end_reason: 'page_closed' });
    await holdsEvidence(await recorded(id), hours);
  });

  it('whose tab crashes', async () => {
    const { id, page } = await spokenCall();
    await page.goto('chrome://crash').catch(() => undefined);
    const record = await closed(id, 45_000);
    expect(record).toMatchObject({ status: 'completed', end_reason: 'network_failure' });
    await holdsEvidence(await recorded(id), hours);
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
    await holdsEvidence(await recorded(id, lostMs), { ...hours, lostMs });
    await waitFor(() => product.output().includes('agent is back.'), {
      timeoutMs: 20_000,
      what: 'the agent',
    });
    const next = await liveCall(product, browser);
    await next.call.end();
    expect(await closed(next.id)).toMatchObject({ status: 'completed' });
  });

  it('whose server crashes goes on, and what is said afterwards is kept as well', async () => {
    const live = await liveCall(product, browser);
    const { call, id } = live;
    await call.agentDone();
    process.kill(product.processOf('main.js').pid, 'SIGKILL');
    // A silent caller may be given up before a busy machine has a server again.
    const isBack = async () => (await call.typing(), product.output().includes('server is back.'));
    await waitFor(isBack, { timeoutMs: 40_000, what: 'the server' });
    expect((await call.state()).status).toBe('active');
    await askAndHear(live);
    await call.end();
    expect(await closed(id)).toMatchObject({
      status: 'completed',
      end_reason: 'user_disconnected',
    });
    await holdsEvidence(await recorded(id), hours);
  });
});
