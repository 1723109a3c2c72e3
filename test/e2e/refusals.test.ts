/** What is refused, how the page tells it, and that a refusal leaves no record. */
import { createServer, type Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentVersion } from '../../sdk/wire/agent.js';
import type { CreatedApiKey } from '../../sdk/wire/api-key.js';
import type { ErrorBody } from '../../sdk/wire/error-body.js';
import type { Page } from '../../sdk/wire/call.js';
import { freePort } from '../support/free-port.mjs';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openPage } from './browser.js';
import { pageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

let product: Product;
let browser: Browser;
let foreign: Server;
let foreignUrl: string;

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser('injected');
  const port = await freePort();
  foreignUrl = `http://127.0.0.1:${port}`;
  foreign = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Shop</title><script src="${product.url}/widget.js" async></script>
      <dialnexa-call api-key="${product.publishableKey}" agent-id="${product.agentId}"></dialnexa-call>`);
  }).listen(port, '127.0.0.1');
});

afterAll(async () => {
  foreign?.close();
  await browser?.close();
  await product?.stop();
});

async function draftVersion(): Promise<AgentVersion> {
  const path = `/v1/agents/${product.agentId}/versions`;
  const { body } = await product.rest<Page<AgentVersion>>('GET', path);
  const draft = body.data.find((version) => !version.is_published);
  if (!draft) throw new Error('the demo agent has no draft');
  return draft;
}

describe('a start', () => {
  it('of a draft version is refused', async () => {
    const before = (await product.newestCall())?.id;
    const page = await openPage(browser, product.url, true);
    const call = await pageCall(page, product, { agentVersionId: (await draftVersion()).id });
    expect(await call.start()).toEqual({ refusal: 'version_not_published' });
    expect((await product.newestCall())?.id).toBe(before);
  });

  it('from a foreign origin is refused, and the element tells it', async () => {
    const before = (await product.newestCall())?.id;
    const page = await openPage(browser, foreignUrl, true);
    const call = await pageCall(page, product);
    // The preflight is not answered for this origin; a plain request is told why.
    expect(await call.start()).toEqual({ refusal: 'origin_not_allowed' });
    const answer = await product.rest<ErrorBody>(
      'POST',
      '/v1/web-calls',
      { agent_id: product.agentId },
      { authorization: `Bearer ${product.publishableKey}`, origin: foreignUrl },
    );
    expect(answer).toMatchObject({ status: 403, body: { code: 'origin_not_allowed' } });
    await page.locator('dialnexa-call').getByRole('button').first().click();
    const told = page.locator('dialnexa-call').getByRole('alert').first();
    await told.waitFor();
    expect(await told.innerText()).toContain('origin_not_allowed');
    expect((await product.newestCall())?.id).toBe(before);
  });

  it('from an origin that its key allows works across origins', async () => {
    const { body: key } = await product.rest<CreatedApiKey>('POST', '/v1/api-keys', {
      name: 'shop',
      kind: 'publishable',
      allowed_origins: [foreignUrl],
    });
    const page = await openPage(browser, foreignUrl, true);
    const call = await pageCall(page, product, { apiKey: key.key });
    // A new key's origin is known to every answer within seconds.
    await waitFor(async () => (await call.start()).refusal === null, {
      timeoutMs: 40_000,
      everyMs: 500,
      what: 'a start from the new origin',
    });
    await call.end();
    expect((await call.ended()).status).toBe('ended');
  });

  it('with a revoked key is refused', async () => {
    const { body: key } = await product.rest<CreatedApiKey>('POST', '/v1/api-keys', {
      name: 'old',
      kind: 'publishable',
      allowed_origins: [product.url],
    });
    const { status } = await product.rest('DELETE', `/v1/api-keys/${key.id}`);
    expect(status).toBeLessThan(300);
    const before = (await product.newestCall())?.id;
    const page = await openPage(browser, product.url, true);
    const call = await pageCall(page, product, { apiKey: key.key });
    expect(await call.start()).toEqual({ refusal: 'key_revoked' });
    expect((await product.newestCall())?.id).toBe(before);
  });

  it('with a secret key from a page of another site is refused', async () => {
    const answer = await product.rest<ErrorBody>(
      'POST',
      '/v1/web-calls',
      { agent_id: product.agentId },
      { origin: foreignUrl },
    );
    expect(answer).toMatchObject({ status: 403, body: { code: 'secret_key_in_browser' } });
  });
});
