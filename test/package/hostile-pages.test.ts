/** The built script on pages and before servers that are not as they should be: it runs, and says what is wrong. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildBundles } from '../../scripts/build.mjs';
import { launchBrowser } from '../e2e/browser.js';
import { GRANT } from '../fakes/answers.js';
import { onlySite, PUBLISHABLE_KEY } from '../fakes/fake-verbs.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { putSdk } from '../support/page-sdk.js';
import { serveApp, type ServedApp } from '../support/served-app.js';

let browser: Browser;
let app: ServedApp;
let site: Server;
let siteUrl: string;
let media: string;
const others: Server[] = [];
/** What the site sends now. */
let headers: Record<string, string> = {};
let html = '';

beforeAll(async () => {
  await buildBundles();
  site = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(`<!doctype html><title>Shop</title>${html}`);
  });
  siteUrl = await listenOnLoopback(site);
  // Nobody listens there.
  media = siteUrl.replace(/^http/, 'ws').replace(/\d+$/, '9');
  app = await serveApp({
    ...onlySite(siteUrl),
    createWebCall: () => Promise.resolve({ ...GRANT, server_url: media }),
  });
  browser = await launchBrowser('refused');
});

afterEach(() => {
  headers = {};
  for (const other of others.splice(0)) other.close();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  site?.close();
});

/** Another server, until the end of the test. */
async function other(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  others.push(server);
  return listenOnLoopback(server);
}

interface Refusal {
  code: string;
  message: string;
  remedy: string;
}

/** A page of the site with the element in it. */
async function open(policy?: string): Promise<Page> {
  if (policy) headers = { 'content-security-policy': policy };
  html = `<script src="${app.url}/widget.js"></script>
    <dialnexa-call api-key="${PUBLISHABLE_KEY}" agent-id="agent_1" lang="en"></dialnexa-call>`;
  const page = await browser.newPage();
  await page.goto(siteUrl);
  return page;
}

/** Why a call of the SDK cannot be started from there. */
async function refusal(
  page: Page | Frame,
  { serverUrl = app.url, apiKey = PUBLISHABLE_KEY, microphone = false } = {},
): Promise<Refusal> {
  await putSdk(page, app.url);
  return page.evaluate(
    async ([options, start]) => {
      type Call = new (options: unknown) => { start: (start: unknown) => Promise<void> };
      const { DialNexaWebCall } = globalThis as unknown as { DialNexaWebCall: Call };
      try {
        await new DialNexaWebCall(options).start(start);
        return { code: 'none', message: '', remedy: '' };
      } catch (error) {
        const { code, message, remedy } = error as Refusal;
        return { code, message, remedy };
      }
    },
    [{ serverUrl, apiKey, agentId: 'agent_1' }, { microphone }] as const,
  );
}

describe('a call that cannot be made is told by what was seen', () => {
  it('a page whose policy forbids the server', async () => {
    const page = await open(`script-src ${app.url}; connect-src 'self'`);
    expect(await refusal(page)).toEqual({
      code: 'blocked_by_page_policy',
      message: `The Content-Security-Policy of this page forbids ${app.url} (connect-src).`,
      remedy: `Add ${app.url} to connect-src in the page's Content-Security-Policy.`,
    });
  });

  it('a page whose policy forbids the media server', async () => {
    const page = await open(`script-src ${app.url}; connect-src ${app.url}`);
    expect(await refusal(page)).toMatchObject({
      code: 'blocked_by_page_policy',
      remedy: `Add ${media} to connect-src in the page's Content-Security-Policy.`,
    });
  });

  it('a page whose policy forbids the media code', async () => {
    const page = await open(`script-src ${app.url}/sdk.js 'sha256-x'; connect-src *`);
    expect(await refusal(page)).toMatchObject({
      code: 'blocked_by_page_policy',
      message: `The Content-Security-Policy of this page forbids ${app.url} (script-src-elem).`,
      remedy: `Add ${app.url} to script-src in the page's Content-Security-Policy.`,
    });
  });

  it('a media server that nobody forbids and that is not there', async () => {
    headers = {
      'content-security-policy-report-only': `connect-src 'none'`,
    };
    expect(await refusal(await open())).toMatchObject({ code: 'connection_failed' });
  });

  it('a key with a letter that nobody sees, before anything is sent', async () => {
    const page = await open();
    expect(await refusal(page, { apiKey: 'dnx_pk_\u200babc' })).toMatchObject({
      code: 'invalid_options',
      message: expect.stringContaining('apiKey holds the character U+200B') as string,
    });
  });

  it('an origin that no key names', async () => {
    const page = await open();
    await page.goto(siteUrl.replace('127.0.0.1', 'localhost'));
    expect(await refusal(page)).toMatchObject({
      code: 'origin_not_allowed',
      remedy: expect.stringContaining('Add http://localhost:') as string,
    });
  });

  it('a path below which the server is not', async () => {
    const page = await open();
    const serverUrl = `${app.url}/v1`;
    expect(await refusal(page, { serverUrl })).toMatchObject({
      code: 'wrong_server_path',
      message: `There is no call server below ${serverUrl}, though its host has one.`,
    });
  });

  it.each([
    ['shows itself', { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }],
    ['lets preflights fail', { 'access-control-allow-origin': '*' }],
  ])('a server of somebody else that %s', async (_, cors) => {
    const serverUrl = await other((_, response) => {
      response.writeHead(404, cors).end('<html>Not found');
    });
    expect(await refusal(await open(), { serverUrl })).toMatchObject({
      code: 'unexpected_answer',
      message: `${serverUrl}/v1/web-calls answered 404, and not as a DialNexa server does.`,
    });
  });

  it('a server that hides what it is', async () => {
    const serverUrl = await other((_, response) => response.end('hello'));
    expect((await refusal(await open(), { serverUrl })).code).toBe('server_unreadable');
  });

  it('a redirect whose end is shown', async () => {
    const serverUrl = await other(({ url }, response) => {
      const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      response.writeHead(301, { ...cors, location: `${app.url}${url}` }).end();
    });
    expect(await refusal(await open(), { serverUrl })).toMatchObject({
      code: 'server_redirects',
      message: `The server's address leads on to ${app.url}.`,
    });
  });

  it("a microphone that the page's own header forbids, and one that its frame forbids", async () => {
    const page = await open(`default-src * 'unsafe-inline'`);
    headers['permissions-policy'] = 'microphone=()';
    await page.reload();
    const own = await refusal(page, { microphone: true });
    expect(own).toMatchObject({
      code: 'microphone_denied',
      remedy: "Allow it in this page's own header: Permissions-Policy: microphone=(self).",
    });
    delete headers['permissions-policy'];
    const framed = page.frames().length;
    await page.evaluate(
      (url) => {
        const frame = Object.assign(document.createElement('iframe'), { src: url });
        document.body.append(frame);
        return new Promise((resolve) => (frame.onload = resolve));
      },
      siteUrl.replace('127.0.0.1', 'localhost'),
    );
    const frame = page.frames()[framed]!;
    expect(await refusal(frame, { microphone: true })).toMatchObject({
      code: 'microphone_denied',
      remedy: expect.stringContaining('give the frame allow="microphone"') as string,
    });
  });

  it('a microphone that the visitor blocks, until it is allowed: the call then starts by itself', async () => {
    const page = await open();
    const card = page.locator('dialnexa-call');
    await card.locator('[part=call-button]').click();
    const error = card.locator('[part=error]');
    await error.waitFor();
    expect(await error.textContent()).toMatch(/microphone_(denied|dismissed)/);
    await page.evaluate(() => {
      const begun = new Promise((resolve) => {
        const hear = (event: Event) =>
          resolve((event as CustomEvent<{ state: { status: string } }>).detail.state.status);
        document.addEventListener('dialnexa-statechange', hear, { once: true });
      });
      Object.assign(globalThis, { begun });
    });
    await page.context().grantPermissions(['microphone']);
    expect(await page.evaluate('begun')).toBe('starting');
    await page.close();
  });

  it('a page without https, before anything is sent to the server', async () => {
    const insecure = await launchBrowser('refused', [
      '--host-resolver-rules=MAP shop.test 127.0.0.1',
    ]);
    try {
      html = `<script src="${app.url}/widget.js"></script>
        <dialnexa-call api-key="${PUBLISHABLE_KEY}" agent-id="agent_1" lang="en"></dialnexa-call>`;
      const page = await insecure.newPage();
      const sent: string[] = [];
      page.on('request', (request) => {
        if (!request.url().endsWith('.js')) sent.push(`${request.method()} ${request.url()}`);
      });
      const address = siteUrl.replace('127.0.0.1', 'shop.test');
      await page.goto(address);
      expect(await page.evaluate('isSecureContext')).toBe(false);
      const card = page.locator('dialnexa-call');
      await card.locator('[part=call-button]').click();
      await card.locator('[part=error]').waitFor();
      expect(await card.locator('[part=error]').innerText()).toContain(
        'Open this page over https.',
      );
      expect(sent.filter((request) => request !== `GET ${address}/`)).toEqual([]);
    } finally {
      await insecure.close();
    }
  });

  it('a server that is not there, and a device without a network', async () => {
    const serverUrl = await other(() => undefined);
    for (const server of others.splice(0)) server.close();
    const page = await open();
    expect((await refusal(page, { serverUrl })).code).toBe('network_unreachable');
    await page.context().setOffline(true);
    expect((await refusal(page)).code).toBe('offline');
    await page.context().setOffline(false);
  });
});

describe('the script on a page with Trusted Types', () => {
  const LIT = "trustedTypes.createPolicy('lit-html', { createHTML: (text) => text });";
  const DEFAULT = "trustedTypes.createPolicy('default', { createHTML: () => 'not this' });";

  it.each([
    ['that allows no policy', "trusted-types 'none'", ''],
    ['that allows its own default', 'trusted-types default', DEFAULT],
    ['with a Lit of its own', 'trusted-types lit-html', LIT],
    ['that names nothing', '', ''],
  ])('%s draws the element, and calls', async (_, types, before) => {
    headers = {
      'content-security-policy': `require-trusted-types-for 'script'; ${types}; script-src 'unsafe-inline' ${app.url}`,
    };
    html = `<script>${before}</script><script src="${app.url}/widget.js"></script>
      <dialnexa-call api-key="${PUBLISHABLE_KEY}" agent-id="agent_1" lang="en"></dialnexa-call>`;
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (/trusted/i.test(message.text())) faults.push(message.text());
    });
    await page.goto(siteUrl);
    const element = page.locator('dialnexa-call');
    await element.getByRole('button', { name: 'Talk to us' }).waitFor();
    expect((await element.getByRole('button').innerText()).trim()).toBe('Talk to us');
    expect(await element.locator('svg path').first().getAttribute('d')).toContain('M4 10v4');
    // The media code runs under the policy, too: nobody listens where the grant leads.
    expect((await refusal(page)).code).toBe('connection_failed');
    // And so does the card: this browser refuses the microphone.
    await element.getByRole('button').click();
    expect(await element.locator('[part=error]').innerText()).toContain('The call did not work');
    expect(
      await element.locator('[part=error] svg path, [part=error] svg circle').count(),
    ).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await page.close();
  });
});
