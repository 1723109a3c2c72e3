/** A network that lets no UDP through: signalling works, media never come, and page and record say so in time. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openMedia, openPage } from './browser.js';
import { pageCall } from './page-call.js';
import { startSilentProduct, type SilentProduct } from './silent-product.js';

/** Chromium then gathers no UDP candidates, as behind a firewall that drops them; older ones want the longer name. */
const NO_UDP = ['webrtc-ip-handling-policy', 'force-webrtc-ip-handling-policy'].map(
  (name) => `--${name}=disable_non_proxied_udp`,
);
/** livekit-client's limit for media is 15 s; a busy machine may be late. */
const LONGEST_MS = 30_000;

let product: SilentProduct;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startSilentProduct(), launchBrowser('injected', NO_UDP)]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe('a call without UDP', { concurrent: true }, () => {
  it('ends the start with connection_failed, and the record says why', async () => {
    const page = await openPage(browser, product.url, true);
    const call = await pageCall(page, product);
    const began = Date.now();
    expect(await call.start()).toEqual({ refusal: 'connection_failed' });
    const ms = Date.now() - began;
    console.log(`without UDP a start fails after ${(ms / 1000).toFixed(1)} s`);
    expect(ms).toBeLessThan(LONGEST_MS);
    const state = await call.state();
    expect(state).toMatchObject({ status: 'failed', endReason: 'network_failure' });
    expect(await openMedia(page)).toEqual({ connections: 0 });
    const id = 'callId' in state ? (state.callId ?? '') : '';
    const record = await waitFor(
      async () => {
        const found = await product.rest<Call>('GET', `/v1/calls/${id}`);
        return found.ended_at ? found : null;
      },
      { what: 'the end of the record' },
    );
    expect(record).toMatchObject({ status: 'failed', end_reason: 'network_failure' });
    expect(record.answered_at).toBeNull();
  });

  it('is told by the element, with what to do about it', async () => {
    const page = await openPage(browser, product.url, true);
    const element = page.locator('dialnexa-call');
    await element.getByRole('button').first().click();
    const alert = element.getByRole('alert').first();
    await alert.waitFor({ timeout: LONGEST_MS });
    expect(await alert.textContent()).toContain('try another network');
  });
});
