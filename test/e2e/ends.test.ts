/** How calls end in which nothing need be said: as the visitor sees it and as the record tells it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../sdk/wire/call.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import { joinRequest, openSocket } from '../conformance/support/raw-socket.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser, openMedia, openPage, type Microphone } from './browser.js';
import { closedRecord, liveCall } from './live-call.js';
import { pageCall, type PageCall } from './page-call.js';
import { startProduct, type Product } from './product.js';

let product: Product;
const browsers = new Map<Microphone, Promise<Browser>>();

beforeAll(async () => {
  product = await startProduct();
});

afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close();
  await product?.stop();
});

async function browserFor(kind: Microphone = 'injected'): Promise<Browser> {
  const browser = browsers.get(kind) ?? launchBrowser(kind);
  browsers.set(kind, browser);
  return browser;
}

async function newPage(kind: Microphone = 'injected'): Promise<Page> {
  const page = await openPage(await browserFor(kind), product.url, kind === 'injected');
  onTestFinished(() => page.close().catch(() => undefined));
  return page;
}

const live = async () => liveCall(product, await browserFor());
const closed = (id: string, timeoutMs?: number): Promise<Call> =>
  closedRecord(product, id, timeoutMs);

it('print no fault where there was none, in whatever the visitor breaks off', async () => {
  const printed = product.output().length;
  const begin = async (until?: string): Promise<{ call: PageCall; page: Page; id: string }> => {
    const page = await newPage();
    const call = await pageCall(page, product);
    expect(await call.start()).toEqual({ refusal: null });
    if (until !== undefined) {
      await waitFor(
        async () => {
          const seen = JSON.stringify(await call.noted('agentState'));
          if (seen.includes(until)) return true;
          const now = JSON.stringify(await call.state());
          throw new Error(`${now}, ${seen}\n${product.output().slice(-3_000)}`);
        },
        { timeoutMs: 60_000, what: until },
      );
    }
    const { callId: id } = (await call.state()) as { callId: string };
    return { call, page, id };
  };
  const early = await begin();
  await early.call.end();
  const spokenTo = await begin('speaking');
  await spokenTo.call.end();
  const left = await begin('speaking');
  await left.page.close();
  for (const { id } of [early, spokenTo, left]) await closed(id, 30_000);
  // The next call is answered by a process that began when the last of those was over.
  const next = await begin('speaking');
  await next.call.end();
  await closed(next.id);
  expect(product.output().slice(printed)).toBe('');
});

describe('a live call', () => {
  it('ended by the visitor', async () => {
    const { call, id } = await live();
    await call.end();
    expect(await call.ended()).toMatchObject({ status: 'ended', endReason: 'user_disconnected' });
    expect(await closed(id)).toMatchObject({
      status: 'completed',
      end_reason: 'user_disconnected',
    });
  });

  it('whose media server crashes leaves no call open, and the next one works', async () => {
    const { call, id } = await live();
    const [record] = await Promise.all([closed(id, 60_000), product.crashMedia()]);
    // Both sides may find each other again on the new one; then the silent caller is hung up on.
    expect(record.end_reason).toMatch(/network_failure|system_failure|silence_timeout/);
    expect((await call.ended(30_000)).status).toMatch(/ended|failed/);
    const next = await live();
    await next.call.end();
    expect(await closed(next.id)).toMatchObject({ status: 'completed' });
  });

  it('ended by the backend while the media server is away is over in the page when that is back', async () => {
    const { call, id } = await live();
    const back = product.crashMedia();
    const answer = await product.rest('POST', `/v1/web-calls/${id}/terminate`);
    expect(answer.status).toBe(200);
    await back;
    const end = await call.ended(30_000);
    expect(end).toMatchObject({ endReason: 'terminated_by_api' });
    expect(await closed(id)).toMatchObject({ end_reason: 'terminated_by_api' });
    await waitFor(async () => (await product.rooms()).length === 0, {
      timeoutMs: 30_000,
      what: 'no room',
    });
  });
});

describe('the grant of a call that is over', () => {
  it('joined again and again takes no agent from the next caller, and leaves no room', async () => {
    const asked = { agent_id: product.agentId };
    const { body } = await product.rest<CreateWebCallResponse>('POST', '/v1/web-calls', asked);
    await product.rest('POST', `/v1/web-calls/${body.call_id}/terminate`);
    const query = `access_token=${body.access_token}&${joinRequest()}`;
    const sockets = Array.from({ length: 12 }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 90));
      return openSocket(`${body.server_url}/rtc/v1?${query}`).catch(() => null);
    });
    const joined = await Promise.all(sockets);
    const next = await live();
    expect((await product.call(next.id)).status).toBe('received');
    await next.call.end();
    expect(await closed(next.id)).toMatchObject({ end_reason: 'user_disconnected' });
    for (const socket of joined) socket?.terminate();
    const noRoom = async (): Promise<true> => {
      const rooms = await product.rooms();
      if (rooms.length === 0) return true;
      throw new Error(JSON.stringify({ rooms, ended: body.call_id, next: next.id }));
    };
    // Whom a media server lets in while it closes the room holds that one until its own time is up.
    await waitFor(noRoom, { timeoutMs: 60_000, what: 'no room' });
    const record = await product.call(body.call_id);
    expect(record).toMatchObject({ status: 'cancelled', end_reason: 'terminated_by_api' });
  });
});

describe('a call that never gets there', () => {
  it('because the microphone is refused', async () => {
    const page = await newPage('refused');
    const call = await pageCall(page, product);
    const before = (await product.newestCall())?.id;
    expect(await call.start()).toEqual({ refusal: 'microphone_denied' });
    // Microphone and grant are asked for at once: the record is there, and gone with the start.
    await call.end();
    const newest = (await product.newestCall())?.id ?? '';
    expect(newest).not.toBe(before ?? '');
    expect(await closed(newest)).toMatchObject({
      status: 'cancelled',
      end_reason: 'microphone_denied',
    });
    await page.locator('dialnexa-call').getByRole('button').first().click();
    const told = page.locator('dialnexa-call').getByRole('alert').first();
    await told.waitFor();
    expect(await told.innerText()).toMatch(/Allow the microphone[^]*microphone_denied/);
    await waitFor(async () => (await openMedia(page)).connections === 0);
  });

  it('because the agent does not come', async () => {
    const agent = product.processOf('agent/main.js').pid;
    const group = product.processes().filter((one) => one.command.includes('agents/dist'));
    const everyone = [agent, ...group.map((one) => one.pid)];
    for (const pid of everyone) process.kill(pid, 'SIGSTOP');
    try {
      const page = await newPage();
      const call = await pageCall(page, product);
      await call.start();
      const end = await call.ended(40_000);
      expect(end).toMatchObject({ endReason: 'agent_did_not_join' });
      const record = await closed(('callId' in end && end.callId) || '');
      expect(record).toMatchObject({ status: 'no_answer', end_reason: 'agent_did_not_join' });
    } finally {
      for (const pid of everyone) process.kill(pid, 'SIGCONT');
    }
  });
});
