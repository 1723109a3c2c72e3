/** What the tag of a page loads, and when: a button at first, and the rest when a visitor wants a call. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildBundles } from '../../scripts/build.mjs';
import { launchBrowser } from '../e2e/browser.js';
import { GRANT } from '../fakes/answers.js';
import { onlySite, PUBLISHABLE_KEY } from '../fakes/fake-verbs.js';
import { documentedPolicy } from '../support/documented-policy.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { serveApp, type ServedApp } from '../support/served-app.js';

/** What a visitor pays who wants no call, in bytes on the wire by brotli. */
const BEFORE_THE_BUTTON = 14_000;
/** What is loaded besides for a call. */
const FOR_A_CALL = 112_000;

let browser: Browser;
let app: ServedApp;
let site: Server;
let siteUrl: string;
let policy: string;
/** What the page has before the script. */
let head: string;
/** More attributes of the script, and of the tag. */
let ofScript: string;
let attributes: string;
let page: Page;
/** What the page has asked the server for, in order. */
let requested: string[];

beforeAll(async () => {
  await buildBundles();
  site = createServer((request, response) => {
    const agent = request.url === '/without-agent' ? '' : 'agent-id="agent_1"';
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
    response.end(`<!doctype html><html lang="en"><title>Shop</title>${head}
      <script src="${app.url}/widget.js" ${ofScript} async></script>
      <dialnexa-call api-key="${PUBLISHABLE_KEY}" ${agent} ${attributes}></dialnexa-call>`);
  });
  siteUrl = await listenOnLoopback(site);
  app = await serveApp({
    ...onlySite(siteUrl),
    createWebCall: () => Promise.resolve({ ...GRANT, server_url: app.url.replace('http', 'ws') }),
  });
  browser = await launchBrowser('refused');
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  site?.close();
});
beforeEach(async () => {
  policy = `script-src ${app.url}`;
  head = '';
  ofScript = '';
  attributes = '';
  page = await browser.newPage();
  requested = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === app.url) requested.push(pathname.replace(/-[\w-]{8}\.js$/, '-….js'));
  });
});
afterEach(() => page.close());

const callButton = () => page.locator('dialnexa-call [part=call-button]');
const focused = () =>
  page.evaluate(() =>
    document.querySelector('dialnexa-call')?.shadowRoot?.activeElement?.getAttribute('part'),
  );

describe('the tag', () => {
  it('draws its button with one request, which is small', async () => {
    await page.goto(siteUrl);
    await callButton().waitFor();
    await page.waitForLoadState('networkidle');
    expect(requested).toEqual(['/widget.js']);
    const answer = await fetch(`${app.url}/widget.js`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(BEFORE_THE_BUTTON);
  });

  it('loads the rest at once when the button takes the focus, which it keeps', async () => {
    const isMedia = (address: string): boolean => address.includes('/media-');
    const media = page.waitForRequest((request) => isMedia(request.url()));
    await page.route(/\/card-/, async (route) => {
      await media;
      await route.continue();
    });
    await page.goto(siteUrl);
    const loaded: Request[] = [];
    page.on('requestfinished', (request) => loaded.push(request));
    const said = page.waitForResponse(/\/v1\/widget/);
    await callButton().focus();
    await media;
    await said;
    await page.waitForLoadState('networkidle');
    expect(requested.sort()).toEqual(['/card-….js', '/media-….js', '/v1/widget', '/widget.js']);
    expect(loaded.length).toBe(3);
    const sizes = await Promise.all(loaded.map((request) => request.sizes()));
    const bytes = sizes.reduce(
      (sum, one) => sum + one.responseBodySize + one.responseHeadersSize,
      0,
    );
    expect(bytes).toBeLessThan(FOR_A_CALL);
    expect(await focused()).toBe('call-button');
    expect(await callButton().innerText()).toBe('Talk to us');
  });

  it('loads the texts of its language beside the rest, and of no other', async () => {
    attributes = 'lang="ar"';
    await page.goto(siteUrl);
    expect(await callButton().innerText()).toBe('تحدث إلينا');
    expect(requested).toEqual(['/widget.js']);
    await callButton().click();
    await page.locator('dialnexa-call [part=error][role=alert]').waitFor();
    const [texts, ...more] = requested.filter((path) => path.includes('texts'));
    expect([texts, more]).toEqual(['/texts-ar-….js', []]);
    expect(await page.locator('dialnexa-call [part=retry]').innerText()).toBe('المحاولة مرة أخرى');
  });

  it('speaks English where the texts of its language cannot be loaded, and calls', async () => {
    attributes = 'lang="fr"';
    await page.route(/\/texts-/, (route) => route.abort());
    await page.goto(siteUrl);
    expect(await callButton().innerText()).toBe('Parlez avec nous');
    await callButton().click();
    await page.locator('dialnexa-call [part=retry]').getByText('Try again').waitFor();
  });

  it('calls when a script presses the button before anything was loaded', async () => {
    await page.goto(siteUrl);
    await callButton().evaluate((button: HTMLElement) => button.click());
    // The browser refuses the microphone.
    await page.locator('dialnexa-call [part=error]').waitFor();
    expect(await page.locator('dialnexa-call .code').innerText()).toBe('microphone_denied');
    expect(await focused()).toBe('retry');
  });

  it('shows and says that a press is heard while the rest is slow to come, and calls once', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    await page.route(/\/card-/, async (route) => {
      await slow;
      await route.continue();
    });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(siteUrl);
    await page.evaluate(() => {
      Object.assign(globalThis, { starts: 0 });
      document.addEventListener('dialnexa-start', () => {
        (globalThis as unknown as { starts: number }).starts += 1;
      });
    });
    await callButton().click();
    const status = page.locator('dialnexa-call .sr[role=status]');
    await status.getByText('The call is being loaded.').waitFor({ state: 'attached' });
    const { filter, cursor } = await callButton().evaluate((button) => getComputedStyle(button));
    expect({ filter, cursor }).toEqual({ filter: 'brightness(0.8)', cursor: 'progress' });
    await callButton().click();
    release();
    await page.locator('dialnexa-call [part=error]').waitFor();
    expect(await page.evaluate('starts')).toBe(1);
    expect(await status.innerText()).not.toContain('being loaded');
  });

  it('does not call who has changed their mind while the rest was loaded', async () => {
    await page.goto(siteUrl);
    await page.evaluate(async () => {
      const element = document.querySelector('dialnexa-call');
      const starting = element?.start();
      await element?.end();
      await starting;
    });
    expect(requested.filter((path) => path.startsWith('/v1/web-calls'))).toEqual([]);
    expect(await callButton().getAttribute('aria-busy')).toBe(null);
  });

  it.each([
    ['/without-agent', '', 'Set agent-id'],
    ['', 'fields="[name]"', 'fields must be an array'],
  ])('tells the developer what is not set up, without being asked', async (path, given, hint) => {
    attributes = given;
    const told = page.waitForEvent('console', (message) => message.type() === 'error');
    await page.goto(`${siteUrl}${path}`);
    expect((await told).text()).toContain(hint);
    await page.locator('dialnexa-call [part=hint]').waitFor();
  });

  it('says so where the rest cannot be loaded, and to the developer why', async () => {
    policy = `script-src ${app.url}/widget.js`;
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    await page.goto(siteUrl);
    const codes = page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('dialnexa-error', ({ detail }) => resolve(detail.code));
        }),
    );
    await callButton().click();
    expect(await codes).toBe('blocked_by_page_policy');
    expect(await page.locator('dialnexa-call [role=alert]').innerText()).toContain(
      'Please try again',
    );
    expect(told.join('\n')).toContain(`Add ${app.url} to script-src`);
    expect(await callButton().getAttribute('aria-busy')).toBe(null);
  });
});

describe('the policy that docs/widget.md names', () => {
  let hashes: Record<string, string>;
  let violations: string[];

  beforeEach(async () => {
    policy = documentedPolicy(app.url, 'wss://127.0.0.1:9');
    hashes = (await (await fetch(`${app.url}/integrity.json`)).json()) as typeof hashes;
    ofScript = `integrity="${hashes['widget.js'] ?? ''}" crossorigin`;
    violations = [];
    await page.exposeFunction('violated', (what: string) => violations.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { violated } = globalThis as unknown as { violated: (what: string) => void };
        violated(`${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
  });

  /** Lets the page check the chunks as well. */
  const seal = (ofChunk: (hash: string) => string): void => {
    const chunks = Object.entries(hashes).filter(([name]) => /^(card|media)-/.test(name));
    const integrity = Object.fromEntries(
      chunks.map(([name, hash]) => [`${app.url}/${name}`, ofChunk(hash)]),
    );
    expect(Object.keys(integrity)).toHaveLength(2);
    const map = JSON.stringify({ integrity });
    policy = policy.replace('script-src', `script-src '${sha('sha256', map)}'`);
    head = `<script type="importmap">${map}</script>`;
  };

  it('lets a release whose hashes the page names run, and is never violated', async () => {
    seal((hash) => hash);
    await page.goto(siteUrl);
    await callButton().click();
    await page.locator('dialnexa-call [part=error]').waitFor();
    expect(requested).toEqual(expect.arrayContaining(['/card-….js', '/media-….js']));
    expect(await page.locator('dialnexa-call .code').innerText()).toBe('microphone_denied');
    // The policy is in force.
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'a { color: red }';
      document.body.append(style);
    });
    await expect.poll(() => violations).toEqual(['style-src-elem inline']);
  });

  it('is no help to a script, or a chunk, that has another hash', async () => {
    seal(() => sha('sha384', 'other'));
    await page.goto(siteUrl);
    await callButton().click();
    await page.locator('dialnexa-call [role=alert]').waitFor();
    ofScript = `integrity="${sha('sha384', 'other')}" crossorigin`;
    const told = page.waitForEvent('console', (message) => message.text().includes('integrity'));
    await page.goto(siteUrl);
    await told;
    expect(await callButton().count()).toBe(0);
  });
});

/** As `integrity` and policies write the hash of a text. */
function sha(algorithm: string, text: string): string {
  return `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
}
