/** The examples, run as their pages say: each is a site or a backend of its own, and makes one short call. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallSummary, Page as Rows } from '../../sdk/wire/call.js';
import type { WebhookEvent } from '../../sdk/wire/webhook.js';
import { buildPackage } from '../../scripts/build.mjs';
import { freePort } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openPage } from './browser.js';
import { startProduct, type Product } from './product.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A running example. */
interface Example {
  url: string;
  process: ChildProcess;
  output: () => string;
}

let product: Product;
let browser: Browser;
const running: ChildProcess[] = [];

beforeAll(async () => {
  // The backend's example takes the client from the package.
  await buildPackage();
  [product, browser] = await Promise.all([
    startProduct({ ALLOW_PRIVATE_WEBHOOK_HOSTS: '1' }),
    launchBrowser('injected'),
  ]);
});

afterEach(async () => {
  for (const child of running.splice(0)) await stop(child);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function run(file: string, args: string[] = []): Promise<Example> {
  const port = await freePort();
  const child = spawn(process.execPath, [`examples/${file}`, ...args], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DIALNEXA_SERVER_URL: product.url,
      DIALNEXA_SECRET_KEY: product.secretKey,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(() => output.includes('Open '), { what: `the first line of ${file}` });
  return { url: `http://localhost:${port}/`, process: child, output: () => output };
}

/** The end reason of the newest call. */
function newestEnd(): Promise<string> {
  return waitFor(async () => (await product.newestCall())?.end_reason ?? null, {
    timeoutMs: 15_000,
    what: 'the end of the newest call',
  });
}

/** A new key's origin is known to every answer within seconds: until then a start is refused, and tried again. */
async function untilActive(page: Page, start: string, active: string): Promise<void> {
  await waitFor(
    async () => {
      const button = page.locator(start).first();
      if (await button.isEnabled({ timeout: 200 }).catch(() => false)) {
        await button.click({ timeout: 500 }).catch(() => undefined);
      }
      await page.locator(active).first().waitFor({ timeout: 4000 });
      return true;
    },
    { timeoutMs: 60_000, everyMs: 300, what: 'a call that is answered' },
  );
}

async function exampleKeys(): Promise<string[]> {
  const { body } = await product.rest<Rows<{ name: string; revoked_at: string | null }>>(
    'GET',
    '/v1/api-keys?limit=200',
  );
  return body.data
    .filter((key) => key.name.startsWith('Example') && !key.revoked_at)
    .map((key) => key.name);
}

describe('the example', () => {
  it.each(['script-tag', 'headless', 'livekit-frontend'])(
    '%s says in one line that no server answers, and which setting names its address',
    async (name) => {
      const url = `http://127.0.0.1:${await freePort()}`;
      const child = spawn(process.execPath, [`examples/${name}/serve.mjs`], {
        cwd: root,
        env: { ...process.env, DIALNEXA_SERVER_URL: url, DIALNEXA_SECRET_KEY: 'dnx_sk_x' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      expect(code).toBe(1);
      expect(said).toBe(
        `No server answers at ${url}: start it, or set DIALNEXA_SERVER_URL to the address that \`npm start\` printed.\n`,
      );
    },
  );

  it.each(['script-tag', 'headless', 'livekit-frontend'])(
    '%s speaks with the demo agent, also where a newer one was made',
    async (name) => {
      const newer = await product.rest('POST', '/v1/agents', { title: 'Night desk' });
      expect(newer.status).toBe(201);
      const example = await run(`${name}/serve.mjs`);
      const texts = await Promise.all(
        ['', 'call.js'].map(async (file) => (await fetch(example.url + file)).text()),
      );
      expect(texts.join().match(/agent_\w{10,}/)?.[0]).toBe(product.agentId);
    },
  );

  it('script-tag makes a call from one tag, and revokes its key when it ends', async () => {
    const example = await run('script-tag/serve.mjs');
    const page = await openPage(browser, example.url, true);
    await page.locator('dialnexa-call').getByRole('button').first().waitFor();
    expect(
      await page.evaluate(() => performance.getEntriesByType('resource').map((one) => one.name)),
    ).not.toContainEqual(expect.stringContaining('/media-'));
    await untilActive(
      page,
      'dialnexa-call [data-primary]:not([part="hang-up"])',
      'dialnexa-call [part="timer"][role="timer"]',
    );
    await page.locator('dialnexa-call [part="hang-up"]').click();
    await page.locator('dialnexa-call [part="ended"]').waitFor();
    expect(await newestEnd()).toBe('user_disconnected');
    expect(await exampleKeys()).toEqual(['Example script-tag']);
    await stop(example.process);
    expect(await exampleKeys()).toEqual([]);
    await page.close();
  });

  it('headless makes a call by its own buttons, and shows what is said', async () => {
    const example = await run('headless/serve.mjs');
    const page = await openPage(browser, example.url, true);
    await untilActive(page, '#start', '#mute:not([disabled])');
    await page.locator('#transcript li').first().waitFor({ timeout: 20_000 });
    await page.locator('#mute').click();
    await waitFor(async () => (await page.locator('#mute').innerText()) === 'Unmute');
    await page.locator('#end').click();
    await waitFor(async () => (await page.locator('#status').innerText()).startsWith('Ended'));
    expect(await page.locator('#status').innerText()).toContain('user_disconnected');
    expect(await newestEnd()).toBe('user_disconnected');
    await page.close();
  });

  it('livekit-frontend calls again and again by LiveKit’s own client, and views of its page are no calls', async () => {
    const calls = async () =>
      (await product.rest<Rows<CallSummary>>('GET', '/v1/calls?limit=200')).body.data;
    const before = (await calls()).length;
    const example = await run('livekit-frontend/serve.mjs');
    const page = await openPage(browser, example.url, true);
    for (const made of [1, 2]) {
      await untilActive(page, '#start', '#status:text("In a call")');
      await page.locator('#end').click();
      const [newest] = await waitFor(async () => {
        const all = await calls();
        return all.length === before + made && all[0]?.ended_at ? all : null;
      });
      expect(newest).toMatchObject({ status: 'completed', end_reason: 'user_disconnected' });
      const { route, variables } = await product.call(newest?.id ?? '');
      expect(route.entry_point).toBe('livekit_token');
      expect(variables).toEqual({ visitor_name: 'Ada' });
      const fetched = page.waitForResponse(
        (answer) => answer.url().endsWith('/v1/livekit/token') && answer.status() === 201,
      );
      await page.reload();
      await fetched;
    }
    expect(await calls()).toHaveLength(before + 2);
    await page.close();
  });

  it('backend ends a call that a visitor is in, and its receiver is told of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialnexa-events-'));
    const receiver = await run('backend/webhook-receiver.mjs', [folder]);
    const example = await run('backend/terminate.mjs', ['8']);
    const page = await openPage(browser, product.url, true);
    await untilActive(
      page,
      'dialnexa-call [data-primary]:not([part="hang-up"])',
      'dialnexa-call [part="timer"][role="timer"]',
    );
    await page.locator('dialnexa-call [part="ended"]').waitFor({ timeout: 30_000 });
    await waitFor(() => example.process.exitCode !== null, { what: 'the end of the example' });
    expect(example.output()).toContain('completed: terminated_by_api');
    expect(example.process.exitCode).toBe(0);
    expect(await newestEnd()).toBe('terminated_by_api');
    await page.close();
    await waitFor(() => receiver.output().includes('call_ended'), { what: 'the webhook' });
    const stored = readFileSync(join(folder, 'events.ndjson'), 'utf8').trim().split('\n');
    const told = stored.map((line) => JSON.parse(line) as WebhookEvent);
    // An analysis is told when it is made, also that of a call that ended before.
    const happened = told.filter((one) => one.event_type !== 'call_analyzed');
    expect(happened).toMatchObject([
      { event_type: 'call_initiated', payload: { call: { status: 'initiated' } } },
      { event_type: 'call_ended', payload: { call: { hangup_reason: 'terminated_by_api' } } },
    ]);
    await stop(receiver.process);
    const { body } = await product.rest<Rows<unknown>>('GET', '/v1/webhooks');
    expect(body.data).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

describe('the module', () => {
  it('sdk.js is loaded by a page, and knows its server', async () => {
    const page = await browser.newPage();
    await page.goto(`${product.url}/`);
    const options = { apiKey: product.publishableKey, agentId: product.agentId };
    // As text: `import()` in a function would be the test runner's own.
    const found =
      await page.evaluate(`import(${JSON.stringify(`${product.url}/sdk.js`)}).then((module) => ({
      names: Object.keys(module).sort(),
      status: new module.DialNexaWebCall(${JSON.stringify(options)}).state.status,
    }))`);
    const names = ['CallError', 'DialNexaWebCall', 'ERROR_TABLE', 'TEXT_FAULTS', 'runPreflight'];
    expect(found).toEqual({ names, status: 'idle' });
    await page.close();
  });
});
