/** Grants that run out before they are used: it takes minutes, so this runs beside the other tests. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openPage } from './browser.js';
import { pageCall } from './page-call.js';
import { startSilentProduct, type SilentProduct } from './silent-product.js';

const TEST_MS = 280_000;

let product: SilentProduct;
let browser: Browser;

beforeAll(async () => {
  product = await startSilentProduct();
  browser = await launchBrowser('injected');
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

function requestGrant(): Promise<CreateWebCallResponse> {
  return product.rest('POST', '/v1/web-calls', { agent_id: product.agentId });
}

function ended(callId: string): Promise<Call> {
  return waitFor(
    async () => {
      const call = await product.rest<Call>('GET', `/v1/calls/${callId}`);
      return call.ended_at ? call : null;
    },
    { timeoutMs: 150_000, everyMs: 500, what: 'the end of the unused grant' },
  );
}

/** LiveKit forgives clocks that are up to a minute apart. */
async function refused({ server_url: url, access_token: token }: CreateWebCallResponse) {
  const join = `${url.replace(/^ws/, 'http')}/rtc/validate?access_token=${token}`;
  await waitFor(async () => (await fetch(join)).status === 401, {
    timeoutMs: 230_000,
    everyMs: 500,
    what: 'the refusal of the expired token',
  });
}

it.concurrent(
  'an expired grant joins nothing, its record is closed, and a page is told',
  async () => {
    const unused = await requestGrant();
    const record = await ended(unused.call_id);
    expect(record).toMatchObject({ status: 'cancelled', end_reason: 'caller_never_joined' });
    expect(Date.parse(record.ended_at ?? '')).toBeGreaterThanOrEqual(Date.parse(unused.expires_at));
    await refused(unused);

    const page = await openPage(browser, product.url, true);
    await page.route('**/v1/web-calls', (route) => route.fulfill({ status: 201, json: unused }));
    const call = await pageCall(page, product);
    expect(await call.start()).toEqual({ refusal: 'grant_expired' });
    await page.close();
  },
  TEST_MS,
);

it.concurrent(
  'a visitor who takes minutes over the microphone’s question gets a new grant',
  async () => {
    const page = await openPage(browser, product.url, true);
    await page.evaluate(`{
      const open = navigator.mediaDevices.getUserMedia;
      const answered = new Promise((resolve) => (globalThis.answer = resolve));
      navigator.mediaDevices.getUserMedia = () => answered.then(open);
      // The browser of the tests allows it, and joining does not wait for a microphone that is allowed.
      navigator.permissions.query = () => Promise.resolve({ state: 'prompt' });
    }`);
    const granted = page.waitForResponse('**/v1/web-calls');
    const call = await pageCall(page, product);
    const started = call.start();
    const first = (await (await granted).json()) as CreateWebCallResponse;
    await refused(first);
    await page.evaluate('answer()');
    expect(await started).toEqual({ refusal: null });
    const state = await call.state();
    expect(state).toMatchObject({ status: 'starting', stage: 'waiting_for_agent' });
    const second = 'callId' in state ? (state.callId ?? '') : '';
    expect(second).not.toBe(first.call_id);
    expect(await ended(first.call_id)).toMatchObject({ end_reason: 'caller_never_joined' });
    await call.end();
    expect(await ended(second)).toMatchObject({ end_reason: 'user_disconnected' });
    await page.close();
  },
  TEST_MS,
);
