/** Projects of others that have the packed package, as their frameworks' own tools make them: each completes a call. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Call, CallSummary, Page as Rows } from '../../sdk/wire/call.js';
import type { CallState } from '../../sdk/index.js';
import { heard, launchBrowser, openPage } from '../e2e/browser.js';
import { countResources, type CountingWindow } from '../e2e/count-resources.js';
import { startProduct, type Product } from '../e2e/product.js';
import { freePort } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';
import { openProjects, type PackedProjects } from './packed-projects.js';

const VITE = 'vite/bin/vite.js';
const NEXT = 'next/dist/bin/next';
/** The newest compiler; those of Vue, Svelte and Angular stand on the one before. */
const TSC = 'typescript-7/bin/tsc';

let product: Product;
let projects: PackedProjects;
let browser: Browser;
/** Where each page is. */
let urls: Record<string, string>;
/** What compilers and bundlers have said. */
let made: Record<string, Promise<string>>;

beforeAll(async () => {
  [projects, product, browser] = await Promise.all([
    openProjects(inject('tarball')),
    startProduct(),
    launchBrowser('injected', [], ['--disable-back-forward-cache']),
  ]);
  const local = async () => `http://127.0.0.1:${await freePort()}`;
  urls = { next: await local(), vite: await local(), 'next-dev': await local() };
  for (const name of ['plain', 'react', 'vue', 'svelte', 'angular']) {
    urls[name] = `${projects.siteUrl}/${name}/`;
  }
  const { body } = await product.rest<{ key: string }>('POST', '/v1/api-keys', {
    name: 'projects',
    kind: 'publishable',
    allowed_origins: [...new Set(Object.values(urls).map((url) => new URL(url).origin))],
  });
  projects.call({ serverUrl: product.url, apiKey: body.key, agentId: product.agentId });
  made = make();
  // A compiler takes the whole machine: beside one a caller may be too late, or his agent.
  await Promise.allSettled(Object.values(made));
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await Promise.allSettled(Object.values(made ?? {}));
  await projects?.close();
  await product?.stop();
});

function make(): typeof made {
  const { run } = projects;
  const bundled = (name: string) => run(name, VITE, ['build', `--base=/${name}/`]);
  const next = run('next', NEXT, ['build']);
  return {
    next,
    react: bundled('react'),
    vue: bundled('vue'),
    svelte: bundled('svelte'),
    // Its compiler checks its templates, and must have written before the bundler reads.
    angular: run('angular', '@angular/compiler-cli/bundles/src/bin/ngc.js', ['-p', '.']).then(() =>
      bundled('angular'),
    ),
    'types of react': run('react', TSC, ['-p', '.']),
    // The build writes types that belong to them.
    'types of next': next.then(() => run('next', TSC, ['-p', '.'])),
    'types of vue': run('vue', 'vue-tsc/bin/vue-tsc.js', ['-p', '.']),
    'types of svelte': run('svelte', 'svelte-check/bin/svelte-check', ['--fail-on-warnings']),
  };
}

/** A program of a framework that serves its project, at the address that is for it. */
function serve(name: string, project: string, program: string, args: string[]): Promise<unknown> {
  const { hostname, port } = new URL(urls[name] ?? '');
  const isNext = program === NEXT;
  const where = ['--port', port, isNext ? '--hostname' : '--host', hostname];
  return projects.start(project, program, [...args, ...where], isNext ? 'Ready in' : 'ready in');
}

/** A page, and what it says to its developer that it should not. An injected microphone is silent, and stays open. */
async function open(url: string, isInjected = true): Promise<{ page: Page; complaints: string[] }> {
  const page = await openPage(browser, 'about:blank', isInjected);
  onTestFinished(() => page.close().catch(() => undefined));
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  await page.addInitScript(countResources);
  // A development server builds the page when it is asked for.
  await page.goto(url, { timeout: 90_000 });
  return { page, complaints };
}

/** The state of the page's element. */
function stateOf(page: Page): Promise<CallState> {
  return page
    .locator('dialnexa-call')
    .evaluate(
      (one) => JSON.parse(JSON.stringify((one as unknown as { state: CallState }).state)) as never,
    );
}

/** Starts a call by the button; resolves with its id when the agent was heard and read. */
async function begin(page: Page): Promise<string> {
  const element = page.locator('dialnexa-call');
  await element.getByRole('button', { name: /talk to us|call again/i }).click();
  await element.getByRole('timer').waitFor({ timeout: 40_000 });
  await element.locator('[part~=turn-agent]').first().waitFor({ timeout: 40_000 });
  await waitFor(async () => (await heard(page)).energy > 0, { what: 'the voice of the agent' });
  const state = await stateOf(page);
  if (state.status !== 'active') throw new Error(JSON.stringify(state));
  return state.callId;
}

async function hangUp(page: Page): Promise<void> {
  const element = page.locator('dialnexa-call');
  await element.getByRole('button', { name: /hang up/i }).click();
  await element.locator('[part=ended]').waitFor();
}

/** The record once it has an end, and what was said. */
function recordOf(id: string): Promise<Call> {
  return waitFor(
    async () => {
      const call = await product.call(id);
      return call.ended_at && call.transcript.length > 0 ? call : null;
    },
    { timeoutMs: 20_000, what: 'the closed record' },
  );
}

async function allCalls(): Promise<CallSummary[]> {
  return (await product.rest<Rows<CallSummary>>('GET', '/v1/calls?limit=200')).body.data;
}

const COMPLETED = {
  status: 'completed',
  end_reason: 'user_disconnected',
  variables: { visitor: 'Ann' },
};

const openIn = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as CountingWindow).openResources());

describe('a call from the page that is made of the packed package', () => {
  it.each(['react', 'vue', 'svelte', 'angular', 'next'])(
    'by %s is heard, shown, ended and recorded, and nothing is complained of',
    async (name) => {
      await made[name];
      if (name === 'next') await serve('next', 'next', NEXT, ['start']);
      const { page, complaints } = await open(urls[name] ?? '');
      const id = await begin(page);
      await hangUp(page);
      const record = await recordOf(id);
      expect(record).toMatchObject({ ...COMPLETED, metadata: { plan: 'pro' } });
      await page.locator('output', { hasText: 'user_disconnected' }).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it('by the components of LiveKit is heard and read, through the token endpoint', async () => {
    await made.react;
    const { page, complaints } = await open(`${urls.react}livekit.html`);
    await page.getByRole('button', { name: 'Call' }).click();
    await waitFor(async () => (await heard(page)).energy > 0, {
      timeoutMs: 40_000,
      what: 'the voice of the agent',
    });
    // LiveKit's client complains of a call that is left while something is being said.
    await page.locator('output', { hasText: 'speaking' }).waitFor();
    await page.locator('output', { hasText: 'listening' }).waitFor();
    const words = await page.locator('p').innerText();
    const [{ id } = { id: '' }] = await allCalls();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('button', { name: 'Call' }).waitFor();
    const record = await recordOf(id);
    expect(record).toMatchObject({ ...COMPLETED, route: { entry_point: 'livekit_token' } });
    expect(words).toContain(record.transcript[0]?.content);
    expect(complaints).toEqual([]);
  });

  it('by nobody but the tag is over where the browser shows the page again out of its memory, and made again', async () => {
    const { page, complaints } = await open(urls.plain ?? '', false);
    await page.evaluate(() =>
      addEventListener('pageshow', ({ persisted }) => (document.title = `persisted ${persisted}`)),
    );
    const left = await begin(page);
    await page.goto(product.url);
    await page.goBack({ waitUntil: 'commit' });
    await page.waitForFunction(() => document.title === 'persisted true');
    expect(await stateOf(page)).toMatchObject({ status: 'ended', endReason: 'page_closed' });
    expect((await recordOf(left)).end_reason).toBe('page_closed');
    const id = await begin(page);
    await hangUp(page);
    expect(await recordOf(id)).toMatchObject({ ...COMPLETED, metadata: { plan: 'pro' } });
    expect(complaints).toEqual([]);
  });
});

describe('the strict compiler', () => {
  it.each(['react', 'next', 'vue', 'svelte'])(
    'of %s takes the tag, and nothing that it is not',
    (name) => made[`types of ${name}`]?.then(() => undefined),
  );
});

describe('a page that is shown while it is written', () => {
  beforeAll(() => serve('vite', 'react', VITE, ['--strictPort']));

  it('has one element and one call, which goes on when its component is changed and ends when it is made anew', async () => {
    const before = (await allCalls()).length;
    const { page, complaints } = await open(urls.vite ?? '', false);
    const element = page.locator('dialnexa-call');
    await element.getByRole('button').first().waitFor();
    const idle = await openIn(page);
    const id = await begin(page);
    const { tracks, connections, sockets } = await openIn(page);
    expect({ tracks, connections, sockets: sockets - idle.sockets }).toEqual({
      tracks: 1,
      connections: 1,
      sockets: 1,
    });
    projects.edit('react/src/call.tsx', 'A call', 'Another call');
    await page.getByRole('heading', { name: 'Another call' }).waitFor();
    // The module that registers the tag, once more.
    await page.evaluate(`import(performance.getEntriesByType('resource')
      .map(({ name }) => name)
      .find((name) => name.includes('web-call_react')) + '&again')`);
    expect(await stateOf(page)).toMatchObject({ status: 'active', callId: id });

    projects.edit('react/src/call.tsx', '  const [end', '  useState(0);\n  const [end');
    const record = await recordOf(id);
    expect(record.end_reason).toBe('user_disconnected');
    await waitFor(async () => expect(await openIn(page)).toEqual(idle) ?? true, {
      what: 'a page with nothing open',
    });
    expect(await stateOf(page)).toEqual({ status: 'idle' });
    expect(await element.count()).toBe(1);
    expect(await allCalls()).toHaveLength(before + 1);
    expect(complaints).toEqual([]);
  });

  it('makes one call in an effect of React, which StrictMode runs twice', async () => {
    const before = (await allCalls()).length;
    const { page, complaints } = await open(`${urls.vite}/sdk.html`, false);
    await page.getByRole('button', { name: 'Call' }).waitFor();
    const idle = await openIn(page);
    await page.getByRole('button', { name: 'Call' }).click();
    await page.locator('output', { hasText: 'active' }).waitFor({ timeout: 40_000 });
    await page.locator('p', { hasText: /\w/ }).waitFor({ timeout: 40_000 });
    expect(await openIn(page)).toMatchObject({ tracks: 1, connections: 1 });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await waitFor(async () => expect(await openIn(page)).toEqual(idle) ?? true, {
      what: 'a page with nothing open',
    });
    const [call, ...others] = await allCalls();
    expect(others).toHaveLength(before);
    expect(await recordOf(call?.id ?? '')).toMatchObject(COMPLETED);
    expect(complaints).toEqual([]);
  });

  it('by Next is taken over as its server sent it, and makes one call', async () => {
    const before = (await allCalls()).length;
    const server = await serve('next-dev', 'next', NEXT, ['dev']);
    const { page, complaints } = await open(urls['next-dev'] ?? '');
    const id = await begin(page);
    await hangUp(page);
    expect(await recordOf(id)).toMatchObject({ ...COMPLETED, metadata: { plan: 'pro' } });
    expect(await allCalls()).toHaveLength(before + 1);
    expect(complaints).toEqual([]);
    expect((server as { output: () => string }).output()).not.toMatch(/lit\.dev|warn|error/i);
  });
});
