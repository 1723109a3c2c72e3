/** A caller whose network is gone for some seconds: the call goes on, by the script that the server sends. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallState, DialNexaWebCall } from '../../sdk/index.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser } from './browser.js';
import { closedRecord, liveCall } from './live-call.js';
import type { PageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

const REMINDER = 'Are you still there?';
const QUESTION = 'What are your opening hours?';
const REPAIR = 'Do you repair brakes?';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser('injected')]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe('a network that is gone for', () => {
  it.each([300, 3000])('%i ms', async (gapMs) => {
    const { page, call, id } = await liveCall(product, browser);
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await call.agentDone();
    // LiveKit's server takes up a session where it was; the embedded one has the client join anew.
    const isResumed = product.backing.media !== null;
    const answered = isResumed ? sendOnceResumed(page, call) : sendOnceBack(page);
    const noticed = page.waitForEvent('requestfailed');
    const context = page.context();
    await context.setOffline(true);
    await noticed;
    await new Promise((resolve) => setTimeout(resolve, gapMs));
    await context.setOffline(false);
    const late = new Promise((resolve) => setTimeout(resolve, 60_000, 'nothing in a minute'));
    const states = async (): Promise<string[]> =>
      (await call.noted('stateChange')).map(
        ({ payload }) => (payload as { state: CallState }).state.status,
      );
    expect([await Promise.race([answered, late]), await states()]).toEqual([
      'taken',
      expect.any(Array),
    ]);
    const seen = await states();
    const since = seen.slice(seen.indexOf('active')).filter((status) => status !== 'active');
    expect(since).toEqual(isResumed ? [] : ['reconnecting']);
    await waitFor(
      async () => {
        const transcript = await call.transcript();
        // A caller who is slow to ask is asked whether they are there.
        const words = transcript.filter(({ text }) => text !== REMINDER);
        const said = words.map(({ role, final }) => `${role} ${final}`).join();
        if (said === 'agent true,user true,agent true') return true;
        throw new Error(JSON.stringify(transcript));
      },
      { timeoutMs: 20_000, what: 'the answer to be whole' },
    );
    await call.end();
    const record = await closedRecord(product, id);
    expect(record).toMatchObject({ status: 'completed', end_reason: 'user_disconnected' });
    // What the agent was saying at the end is told after it.
    await waitFor(
      async () => {
        const { transcript } = await product.call(id);
        const kept = transcript.filter(({ content }) => content !== REMINDER);
        const roles = kept.map(({ role }) => role).join();
        if (roles === 'agent,user,agent') return true;
        throw new Error(JSON.stringify(transcript));
      },
      { what: 'the record of it' },
    );
    expect(faults).toEqual([]);
  });

  // Before the page has noticed that it was gone: what is sent then goes with the connection.
  it.each([1500, 4000])('%i ms, and a text at once afterwards', async (gapMs) => {
    const { page, call, id } = await liveCall(product, browser);
    await call.agentDone();
    expect(await call.sendText(QUESTION)).toBe(null);
    await page.context().setOffline(true);
    await new Promise((resolve) => setTimeout(resolve, gapMs));
    await page.context().setOffline(false);
    expect(await call.sendText(REPAIR)).toBe(null);
    const asked = async (): Promise<string[]> => {
      const { transcript } = await product.call(id);
      return transcript.filter(({ role }) => role === 'user').map(({ content }) => content);
    };
    await waitFor(async () => (await asked()).includes(REPAIR), { what: 'the second question' });
    await call.end();
    await closedRecord(product, id);
    expect(await asked()).toEqual([QUESTION, REPAIR]);
  });
});

/** Asks once the media server has answered on another socket. */
async function sendOnceResumed(page: Page, call: PageCall): Promise<string> {
  const socket = await page.waitForEvent('websocket');
  await socket.waitForEvent('framereceived');
  return (await call.sendText(QUESTION)) ?? 'taken';
}

/** Asks at the very moment in which the call goes on; `taken`, or what it was refused with. */
function sendOnceBack(page: Page): Promise<string> {
  return page.evaluate(
    (words) =>
      new Promise<string>((resolve) => {
        const { theCall } = globalThis as unknown as { theCall: DialNexaWebCall };
        theCall.on('stateChange', ({ state, previous }) => {
          const isOver = state.status === 'ended' || state.status === 'failed';
          if (isOver) return resolve(JSON.stringify(state));
          if (previous.status !== 'reconnecting' || state.status !== 'active') return;
          const since = performance.now();
          theCall.sendText(words).then(
            // What is lost is sent again after seven seconds.
            () => resolve(performance.now() - since < 6_000 ? 'taken' : 'taken at last'),
            (error: unknown) => resolve(String(error)),
          );
        });
      }),
    QUESTION,
  );
}
