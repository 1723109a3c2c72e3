/** The owner of a site changes what its element shows and asks by publishing a version, and never touches the page. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../../sdk/wire/agent.js';
import type { CreatedApiKey } from '../../sdk/wire/api-key.js';
import type { WidgetSettings } from '../../sdk/wire/widget.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openPage } from './browser.js';
import { startProduct, type Product } from './product.js';

/** What docs/widget.md shows: the file, and the two requests. */
const docs = readFileSync(new URL('../../docs/widget.md', import.meta.url), 'utf8');
const [, json = '', commands = ''] =
  /## From the published version.*?```json\n(.*?)```.*?```sh\n(.*?)```/s.exec(docs) ?? [];
const shown = (JSON.parse(json) as { settings: { widget: WidgetSettings } }).settings.widget;

let product: Product;
let browser: Browser;
let shop: Server;
let shopUrl: string;
let language = 'en';
let attributes = '';
let page: Page;
/** How often the page has asked for the version. */
let asked = 0;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser('injected');
  let key = '';
  shop = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="${language}"><title>Shop</title>
      <script src="${product.url}/widget.js" async></script>
      <dialnexa-call api-key="${key}" agent-id="${product.agentId}" ${attributes}></dialnexa-call>`);
  });
  shopUrl = await listenOnLoopback(shop);
  const made = await product.rest<CreatedApiKey>('POST', '/v1/api-keys', {
    name: 'shop',
    kind: 'publishable',
    allowed_origins: [shopUrl],
  });
  key = made.body.key;
  page = await openPage(browser, 'about:blank', true);
  page.on('request', (request) => {
    if (request.url().includes('/v1/widget')) asked += 1;
  });
});
afterAll(async () => {
  await browser?.close();
  shop?.close();
  await product?.stop();
});

const part = (name: string) => page.locator(`dialnexa-call [part="${name}"]`);

/** Sends the requests as they stand in the docs. */
async function publish(settings: unknown): Promise<void> {
  const lines = commands.split('\n').filter((line) => line.startsWith('curl'));
  expect(lines).toHaveLength(2);
  let draft = 0;
  for (const line of lines) {
    const [, method = '', path = ''] = /-X (\w+) .*"\$SERVER([^"]+)"$/.exec(line) ?? [];
    const address = path.replace('$AGENT', product.agentId).replace('$DRAFT', String(draft));
    const body = line.includes('@widget.json') ? settings : undefined;
    const answer = await product.rest<Agent>(method, address, body);
    expect([line, answer.status]).toEqual([line, 200]);
    draft = answer.body.draft_version_number;
  }
}

/**
 * Loads the page anew, presses the button, and answers what is asked, if anything is; then ends the call once it is there, or
 * has been answered. Resolves with what was asked.
 */
async function callAsVisitor(name = '', waitsForAgent = false): Promise<string | null> {
  const before = (await product.newestCall())?.id;
  const former = asked;
  await page.goto(shopUrl);
  await part('call-button').waitFor();
  await page.waitForLoadState('networkidle');
  expect(asked).toBe(former);
  await part('call-button').click();
  await part('agree').or(part('mute')).first().waitFor();
  expect(asked).toBe(former + 1);
  const questions = (await part('agree').isVisible()) ? await part('consent').innerText() : null;
  if (questions !== null) {
    expect((await product.newestCall())?.id).toBe(before);
    await part('field-input').first().fill(name);
    await part('agree').click();
  }
  await waitFor(async () => (await product.newestCall())?.id !== before, { what: 'the call' });
  if (waitsForAgent) await part('timer').waitFor({ timeout: 60_000 });
  await part('hang-up').click();
  await part('ended').waitFor();
  return questions;
}

const lastCall = async () => product.call((await product.newestCall())?.id ?? '');
const token = (name: string) =>
  page
    .locator('dialnexa-call .root')
    .evaluate((root, of) => getComputedStyle(root).getPropertyValue(of).trim(), name);

describe('a published version', () => {
  it('that says nothing leaves the element as the page has it', async () => {
    expect(await callAsVisitor()).toBe(null);
    expect((await lastCall()).consent).toBe(null);
    expect(await page.locator('dialnexa-call .root').getAttribute('class')).toContain('auto');
  });

  it('changes looks, consent and form, as docs/widget.md says', async () => {
    await publish(JSON.parse(json));
    const questions = await callAsVisitor('Ann', true);
    for (const words of [
      shown.consent_text,
      shown.texts?.consent_title,
      shown.texts?.agree,
      ...(shown.fields ?? []).map((field) => field.label),
    ]) {
      expect(questions).toContain(words);
    }
    expect(await page.locator('dialnexa-call .root').getAttribute('class')).toContain('dark');
    expect(await page.locator('dialnexa-call dialog:modal').count()).toBe(1);
    expect([await token('--_accent'), await token('--_radius')]).toEqual([
      shown.style?.accent,
      shown.style?.radius,
    ]);
    expect(await part('mark').count()).toBe(5);
    const { consent, variables, agent_version_number } = await lastCall();
    expect(consent).toMatchObject({
      text: shown.consent_text,
      version: shown.consent_version,
      locale: 'en',
    });
    expect(variables).toMatchObject({ name: 'Ann' });
    expect(agent_version_number).toBeGreaterThan(1);
  });

  it('speaks the language of the page', async () => {
    language = 'de-AT';
    const questions = await callAsVisitor('Ann');
    expect(questions).toContain(shown.by_language?.['de']?.consent_text);
    expect(questions).toContain(shown.by_language?.['de']?.fields?.[0]?.label);
    expect((await lastCall()).consent).toMatchObject({
      text: shown.by_language?.['de']?.consent_text,
      locale: 'de-AT',
    });
    language = 'en';
  });

  it('holds on the next page of a call, too', async () => {
    attributes = 'resume';
    await page.goto(shopUrl);
    await part('call-button').click();
    await part('field-input').first().fill('Ann');
    await part('agree').click();
    await part('timer').waitFor({ timeout: 60_000 });
    await page.reload();
    await part('timer').waitFor({ timeout: 60_000 });
    await page.locator('dialnexa-call .root.dark dialog:modal').waitFor();
    await part('hang-up').click();
    await part('ended').waitFor();
    attributes = '';
  });

  it('is followed by the next one at the next reload', async () => {
    const next = { theme: 'light', consent_text: 'Nothing is recorded.', fields: shown.fields };
    await publish({ settings: { widget: next } });
    const questions = await callAsVisitor('Bea');
    expect(questions).toContain('Nothing is recorded.');
    expect(questions).not.toContain(shown.consent_text);
    expect(await page.locator('dialnexa-call .root').getAttribute('class')).toContain('light');
    expect(await page.locator('dialnexa-call dialog').count()).toBe(0);
    await publish({ settings: { widget: {} } });
    expect(await callAsVisitor()).toBe(null);
  });

  it('that nobody can read prevents no call', async () => {
    await publish(JSON.parse(json));
    await page.route('**/v1/widget*', (route) => route.abort());
    const told = page.waitForEvent('console', (message) =>
      message.text().includes('what the page says counts alone'),
    );
    expect(await callAsVisitor()).toBe(null);
    await told;
    expect((await lastCall()).consent).toBe(null);
  });
});
