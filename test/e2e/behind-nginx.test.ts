/** The deployment of docs/deploy.md, with its own nginx configuration: one TLS name before everything, at its root and below a path. */
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.mjs';
import { findNginx } from '../support/nginx.mjs';
import { waitFor } from '../support/wait-for.js';
import { heard, launchBrowser, openPage } from './browser.js';
import { startNginx } from './nginx.js';
import { startProduct } from './product.js';

const nginx = findNginx();
if (!nginx) console.warn('Left out: no nginx is installed. `npm test` does so where it may.');
const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function launch(tlsPort: number): Promise<Browser> {
  const rules = `MAP calls.example.com:443 127.0.0.1:${tlsPort}`;
  return launchBrowser('injected', [
    '--ignore-certificate-errors',
    `--host-resolver-rules=${rules}`,
  ]);
}

/** The recording's link as a page of its own, and on a page of another origin that isolates itself. */
async function listenAnywhere(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.waitForFunction(() => (document.querySelector('video')?.duration ?? 0) > 0);
  const elsewhere = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.setHeader('cross-origin-embedder-policy', 'require-corp');
    answer.setHeader('cross-origin-opener-policy', 'same-origin');
    answer.end(`<audio src="${link}"></audio><audio crossorigin src="${link}"></audio>`);
  });
  const port = await freePort();
  elsewhere.listen(port, '127.0.0.1');
  stops.push(async () => elsewhere.close());
  await page.goto(`http://127.0.0.1:${port}/`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('audio')].every((audio) => audio.duration > 0),
  );
  const range = await page.evaluate(async (url) => {
    const answer = await fetch(url, { headers: { range: 'bytes=0-3' } });
    return [await answer.text(), answer.headers.get('content-range')?.slice(0, 10)];
  }, link);
  expect(range).toEqual(['RIFF', 'bytes 0-3/']);
}

describe.skipIf(!nginx)('behind nginx with TLS', () => {
  it.each(['', '/voice'])('visitors of https://calls.example.com%s talk', async (path) => {
    const [tls, media] = [await freePort(), await freePort()];
    const publicUrl = `https://calls.example.com${path}`;
    const [product, browser] = await Promise.all([
      startProduct({
        EMBEDDED_PORT: String(media),
        PUBLIC_URL: publicUrl,
        EMBEDDED_PUBLIC_IP: '127.0.0.1',
        TRUSTED_PROXIES: '1',
      }),
      launch(tls),
    ]);
    stops.push(product.stop, () => browser.close());
    const ports = { tls, media, server: product.port };
    stops.push((await startNginx(nginx ?? '', ports, path !== '')).stop);
    expect(product.output()).toContain(`${publicUrl}/console`);

    const page = await openPage(browser, `${publicUrl}/`, true);
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    expect(await page.locator('pre').first().innerText()).toContain(`src="${publicUrl}/widget.js"`);
    await page.locator('dialnexa-call [data-primary]').first().click();
    await page.locator('dialnexa-call [part="timer"][role="timer"]').waitFor();
    await waitFor(async () => (await heard(page)).energy > 0, { what: 'the agent to be heard' });
    // It speaks: before that there is nothing to record.
    await page.locator('dialnexa-call [part~="turn-agent"]').first().waitFor();
    expect(sockets[0]).toMatch(`wss://calls.example.com${path}/rtc/v1?`);
    await page.locator('dialnexa-call [part="hang-up"]').click();
    await page.locator('dialnexa-call [part="ended"]').waitFor();
    const call = await waitFor(
      async () => {
        const { id } = (await product.newestCall()) ?? { id: '' };
        const found = await product.call(id);
        if (found.recording.url) return found;
        const { end_reason, recording, transcript } = found;
        throw new Error(JSON.stringify({ end_reason, recording, transcript }));
      },
      { what: 'the recording' },
    );
    expect(call).toMatchObject({
      end_reason: 'user_disconnected',
      route: { origin: 'https://calls.example.com', page_url: `${publicUrl}/` },
    });
    await listenAnywhere(page, call.recording.url ?? '');
  });
});
