/** The element on pages of React, Vue and Svelte that a server has rendered: they take it over as it is, and its calls know all. */
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../e2e/browser.js';
import { onlySite, PUBLISHABLE_KEY, refusal } from '../fakes/fake-verbs.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { serveApp, type ServedApp } from '../support/served-app.js';
import { waitFor } from '../support/wait-for.js';
import {
  buildPages,
  documentedPage,
  type Framework,
  type FrameworkPage,
  type PageSource,
} from './framework-pages.js';

const props = { visitor: 'Ann' };
const FRAMEWORKS: Framework[] = ['jsx', 'vue', 'svelte'];

/** What no text can hold. */
const MORE = `
  texts={{ call: 'Ring us' }}
  ref={(element) => { globalThis.given = element; }}
  ondialnexa-start={(event) => {
    event.preventDefault();
    document.title += 'started ';
  }}`;

let browser: Browser;
let app: ServedApp;
let site: Server;
let siteUrl: string;
let pages: Record<string, FrameworkPage> = {};
const asked: unknown[] = [];

beforeAll(async () => {
  site = createServer(({ url = '' }, response) => {
    const [, name = '', isScript] = /^\/([\w-]+)(\.js)?/.exec(url) ?? [];
    const { html = '', script = '' } = pages[name] ?? {};
    const type = isScript ? 'text/javascript' : 'text/html';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    const page = `<!doctype html><link rel="icon" href="data:," /><div id="root">${html}</div>`;
    response.end(isScript ? script : `${page}<script type="module" src="/${name}.js"></script>`);
  });
  siteUrl = await listenOnLoopback(site);
  app = await serveApp({
    ...onlySite(siteUrl),
    createWebCall: (_, request) => {
      asked.push(request);
      return Promise.reject(refusal('capacity_reached', 'All lines are busy.'));
    },
  });
  const sources = FRAMEWORKS.flatMap((framework): [string, PageSource][] => {
    const source = ready(documentedPage(framework));
    return [
      [`${framework}-objects`, { framework, source }],
      [`${framework}-texts`, { framework, source: withTexts(source) }],
    ];
  });
  const component = withTexts(ready(documentedPage('jsx')));
  const tag = component
    .replace(/import \{ DialNexaCall \} from .*/, "import '@dialnexa/web-call/widget/define';")
    .replace('<DialNexaCall', '<dialnexa-call');
  sources.push(['jsx-tag', { framework: 'jsx', source: tag }]);
  const more = ready(documentedPage('jsx')).replace('<DialNexaCall', `<DialNexaCall ${MORE}`);
  sources.push(['jsx-more', { framework: 'jsx', source: more }]);
  [pages, browser] = await Promise.all([
    buildPages(inject('tarball'), Object.fromEntries(sources), props),
    launchBrowser('injected'),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  site?.close();
});

/** As a reader makes it his own. */
function ready(source: string): string {
  return source
    .replace('dnx_pk_…', PUBLISHABLE_KEY)
    .replace('agent_…', 'agent_1')
    .replace('https://SERVER', app.url);
}

/** The same with JSON instead of objects, and with the names of properties. */
function withTexts(source: string): string {
  return source
    .replace(/="\{ visitor \}"/, '="JSON.stringify({ visitor })"')
    .replace(/="\{ plan: 'pro' \}"/, `="JSON.stringify({ plan: 'pro' })"`)
    .replace(/=\{\{ (visitor|plan: 'pro') \}\}/g, '={JSON.stringify({ $1 })}')
    .replace('api-key=', 'apiKey=')
    .replace('agent-id=', 'agentId=')
    .replace('server-url=', 'serverUrl=');
}

/** What the page says to its developer. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  return complaints;
}

/** Drawn and told to its developer before the framework comes: on a slow page it takes a while. */
async function open(name: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = complaintsOf(page);
  await page.goto(`${siteUrl}/${name}`);
  await page.locator('dialnexa-call').getByRole('button').first().waitFor();
  return { page, complaints };
}

function hydrate(page: Page): Promise<void> {
  return page.evaluate((given) => {
    const { hydrate } = globalThis as unknown as {
      hydrate: (root: Element | null, given: object) => Promise<void> | undefined;
    };
    return hydrate(document.querySelector('#root'), given);
  }, props);
}

describe('a page that a server has rendered', () => {
  it.each([
    ['jsx-objects', true],
    ['jsx-texts', true],
    ['jsx-tag', false],
    ['vue-objects', true],
    ['vue-texts', true],
    ['svelte-objects', true],
    ['svelte-texts', true],
  ])('%s: is taken over without a word, and its call knows all', async (name, listens) => {
    asked.length = 0;
    const { page, complaints } = await open(name);
    await hydrate(page);
    expect(complaints).toEqual([]);
    const element = page.locator('dialnexa-call');
    const look = await element.evaluate((one) => {
      const { placement, theme } = one as unknown as Record<string, string>;
      return { placement, theme, position: getComputedStyle(one).position };
    });
    expect(look).toEqual({ placement: 'bottom-right', theme: 'dark', position: 'fixed' });

    await element.getByRole('button').first().click();
    const [call] = await waitFor(() => (asked.length > 0 ? asked : null), { what: 'a call' });
    expect(call).toMatchObject({
      agent_id: 'agent_1',
      variables: props,
      metadata: { plan: 'pro' },
    });
    if (listens) await page.locator('p', { hasText: 'system_at_capacity' }).waitFor();
    await page.close();
  });

  it('jsx-more: the component of React puts on the element what no text can hold, once', async () => {
    const { page, complaints } = await open('jsx-more');
    await hydrate(page);
    await page.locator('dialnexa-call').getByRole('button', { name: 'Ring us' }).click();
    // What a call needs is loaded first; two listeners would both have heard the one event.
    await page.waitForFunction(() => document.title !== '');
    const seen = await page.evaluate(() => {
      const { given } = globalThis as unknown as { given: Element | null };
      return { isGiven: given === document.querySelector('dialnexa-call'), title: document.title };
    });
    expect(seen).toEqual({ isGiven: true, title: 'started' });
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(FRAMEWORKS)('%s: would complain if it were not what it renders itself', async (name) => {
    const { page, complaints } = await open(`${name}-objects`);
    await page.evaluate(() => document.querySelector('p')?.remove());
    await hydrate(page);
    expect(complaints.join()).toMatch(/hydrat/i);
    await page.close();
  });
});
