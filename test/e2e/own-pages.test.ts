/** Our own pages in a real browser: each keeps to the policy that the server sends with it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLivekitStandIn, type LivekitStandIn } from '../servers/support/livekit-stand-in.js';
import { startServer, type ServerProcess } from '../servers/support/server-process.js';
import { launchBrowser } from './browser.js';

let livekit: LivekitStandIn;
let server: ServerProcess;
let browser: Browser;

beforeAll(async () => {
  livekit = await startLivekitStandIn();
  [server, browser] = await Promise.all([
    startServer({ env: { LIVEKIT_URL: livekit.url, PUBLIC_URL: 'https://example.com/voice' } }),
    launchBrowser('refused'),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await livekit?.close();
});

describe('the policy of', () => {
  it.each([
    ['/', 'dialnexa-call button', true],
    ['/voice/', 'dialnexa-call button', true],
    ['/voice/console', 'dialnexa-console input', true],
    ['/voice/docs', '.opblock', false],
  ])('%s breaks nothing on it', async (path, shown, isStrict) => {
    const page = await browser.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) refused.push(message.text());
    });
    const answer = await page.goto(`${server.url}${path}`);
    await page.locator(shown).first().waitFor();
    expect(refused).toEqual([]);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe-eval');
    // The reader of the OpenAPI document is somebody else's code.
    expect(policy.includes('unsafe-inline')).toBe(!isStrict);
    await page.close();
  });

  it.each(['/', '/console/', '/docs'])('%s refuses text that would be script', async (path) => {
    const page = await browser.newPage();
    await page.goto(`${server.url}${path}`);
    const faults = await page.evaluate(() => {
      const script = document.createElement('script');
      const told = (run: () => void): string => {
        try {
          run();
          return 'done';
        } catch (error) {
          return String(error);
        }
      };
      return [
        told(() => (script.src = '/nothing.js')),
        told(() => (script.text = 'alert(1)')),
        told(() => document.body.setAttribute('onclick', 'alert(1)')),
      ];
    });
    for (const fault of faults) expect(fault).toContain('Trusted');
    await page.close();
  });

  it('/ may use the microphone, the others may not', async () => {
    const allowed = async (path: string) => {
      const page = await browser.newPage();
      await page.goto(`${server.url}${path}`);
      const found = await page.evaluate(() => {
        const { featurePolicy } = document as unknown as {
          featurePolicy: { allowsFeature(name: string): boolean };
        };
        return ['microphone', 'camera'].map((name) => featurePolicy.allowsFeature(name));
      });
      await page.close();
      return found;
    };
    expect(await allowed('/')).toEqual([true, false]);
    expect(await allowed('/console/')).toEqual([false, false]);
  });

  it('/ lets its own style through', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
  });
});
