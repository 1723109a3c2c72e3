/** Stopping closes what is live with its true reason; and fifty starts and ends in a row leave nothing behind. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallSummary, Page } from '../../sdk/wire/call.js';
import { socketCount } from '../support/processes.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openMedia, openPage } from './browser.js';
import { pageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

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

function sockets(): number {
  const pids = [
    product.mediaPid(),
    ...['main.js', 'agent/main.js'].map((one) => product.processOf(one).pid),
  ];
  return pids.reduce((sum, pid) => sum + socketCount(pid), 0);
}

async function openRecords(): Promise<CallSummary[]> {
  const path = '/v1/calls?limit=200&status=created,initiated,received';
  return (await product.rest<Page<CallSummary>>('GET', path)).body.data;
}

it('Ctrl-C during a call ends everything within 3 s, and page and record have the reason', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  await call.start();
  const state = await waitFor(
    async () => {
      const now = await call.state();
      return now.status === 'active' ? now : null;
    },
    { timeoutMs: 20_000, what: 'an active call' },
  );
  const first = product;
  const { code, ms } = await first.stop('SIGINT', true);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(3000);
  const stoppedAt = Date.now();
  await waitFor(() => first.processes().length === 0, {
    withinMs: 3000 - ms,
    what: 'the end of every process',
  });
  expect(await call.ended()).toMatchObject({ status: 'failed', endReason: 'system_failure' });
  product = await startProduct({}, first);
  const record = await product.call(state.callId);
  // It was closed while stopping, not found open later.
  expect([record.status, record.end_reason]).toEqual(['failed', 'system_failure']);
  expect(Date.parse(record.ended_at ?? '')).toBeLessThanOrEqual(stoppedAt);
  expect(await openRecords()).toEqual([]);
});

it('fifty starts and ends leave no process, socket, room or open record behind', async () => {
  const page = await openPage(browser, product.url, true);
  const call = await pageCall(page, product);
  const once = async (): Promise<void> => {
    expect(await call.start()).toEqual({ refusal: null });
    await call.end();
    expect((await call.ended()).status).toBe('ended');
  };
  await once();
  await waitFor(async () => (await openRecords()).length === 0, { timeoutMs: 20_000 });
  const before = { sockets: sockets(), processes: product.processes().length };
  for (let round = 0; round < 50; round += 1) await once();
  await waitFor(async () => (await openRecords()).length === 0, {
    timeoutMs: 30_000,
    what: 'no open record',
  });
  await waitFor(() => product.processes().length <= before.processes, {
    timeoutMs: 30_000,
    what: `at most ${before.processes} processes`,
  });
  // The servers keep a connection for 75 s that nobody uses.
  await waitFor(() => sockets() <= before.sockets, {
    timeoutMs: 100_000,
    what: `at most ${before.sockets} sockets`,
  });
  await waitFor(async () => (await product.rooms()).length === 0, {
    timeoutMs: 30_000,
    what: 'no room',
  });
  expect((await openMedia(page)).connections).toBe(0);
  const { body } = await product.rest<Page<CallSummary>>('GET', '/v1/calls?limit=200');
  expect(body.data.length).toBe(52);
  expect(body.data.every((one) => one.ended_at !== null)).toBe(true);
}, 600_000);
