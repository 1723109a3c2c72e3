/** The SDK in a real browser, on a foreign site with a strict policy: what it loads, opens and leaves behind. */
import type { Browser, Page as BrowserPage } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Call, CallClient, CallSummary, Page } from '../../sdk/wire/call.js';
import type { CallState, DialNexaWebCall, runPreflight } from '../../sdk/index.js';
import { putSdk } from '../support/page-sdk.js';
import { waitFor } from '../support/wait-for.js';
import { launchBrowser } from './browser.js';
import { countResources, type CountingWindow, type OpenResources } from './count-resources.js';
import { startSilentProduct, type SilentProduct } from './silent-product.js';
import { startStrictSite, type StrictSite } from './strict-site.js';

interface CallWindow extends CountingWindow {
  DialNexaWebCall: typeof DialNexaWebCall;
  newCall: () => DialNexaWebCall;
  call: DialNexaWebCall;
}

const nothing: OpenResources = {
  tracks: 0,
  contexts: 0,
  connections: 0,
  sockets: 0,
  audioElements: 0,
  policyViolations: [],
};

let product: SilentProduct;
let site: StrictSite;
let browser: Browser;
let page: BrowserPage;
let requested: string[];

beforeAll(async () => {
  product = await startSilentProduct();
  site = await startStrictSite(product);
  browser = await launchBrowser('injected');
});

afterAll(async () => {
  await browser?.close();
  site?.close();
  await product?.stop();
});

beforeEach(async () => {
  page = await browser.newPage();
  requested = [];
  page.on('request', (request) => requested.push(new URL(request.url()).pathname));
  await page.addInitScript(countResources);
  await page.goto(site.url);
  await putSdk(page, product.url);
  await page.evaluate(
    ([apiKey, agentId]) => {
      const here = globalThis as unknown as CallWindow;
      here.newCall = () => new here.DialNexaWebCall({ apiKey, agentId });
      here.call = here.newCall();
    },
    [site.apiKey, product.agentId] as const,
  );
});

afterEach(() => page.close());

const openResources = () =>
  page.evaluate(() => (globalThis as unknown as CallWindow).openResources());

const state = (): Promise<CallState> =>
  page.evaluate(
    () => JSON.parse(JSON.stringify((globalThis as unknown as CallWindow).call.state)) as never,
  );

/** Browsers and LiveKit close an AudioContext a moment after they are asked to. */
function nothingOpen(): Promise<true> {
  return waitFor(
    async () => {
      expect(await openResources()).toEqual(nothing);
      return true as const;
    },
    { withinMs: 1500, what: 'a page with nothing open' },
  );
}

/** What the record of a call has of its page, once that has told of this step. */
function clientOf(callId: string, step: string): Promise<CallClient> {
  return waitFor(
    async () => {
      const { client } = await product.rest<Call>('GET', `/v1/calls/${callId}`);
      return client?.timeline.some(({ type }) => type === step) ? client : null;
    },
    { timeoutMs: 5_000, what: `a report with the step ${step}` },
  );
}

async function endReasons(): Promise<(string | null)[]> {
  const { data } = await product.rest<Page<CallSummary>>('GET', '/v1/calls?limit=200');
  return data.map((call) => call.end_reason);
}

describe('on a site with a strict policy', () => {
  it('loads no media code, and opens nothing, until a call is wanted', async () => {
    expect(requested.filter((path) => path.includes('media'))).toEqual([]);
    expect(await openResources()).toEqual(nothing);
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.warmUp());
    expect(requested.filter((path) => path.startsWith('/media-'))).toHaveLength(1);
    expect(await openResources()).toEqual(nothing);
  });

  it('brings the media up, mutes, switches the microphone, and leaves nothing after the end', async () => {
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.start());
    expect(await state()).toMatchObject({ status: 'starting', stage: 'waiting_for_agent' });
    expect(await openResources()).toMatchObject({ tracks: 1, policyViolations: [] });
    await page.evaluate(async () => {
      const { call } = globalThis as unknown as CallWindow;
      await call.mute();
      await call.unmute();
      const { microphones } = await call.devices();
      await call.setMicrophone(microphones.at(-1)?.deviceId ?? '');
    });
    expect(await openResources()).toMatchObject({ tracks: 1 });
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.end());
    expect(await state()).toMatchObject({ status: 'ended', endReason: 'user_disconnected' });
    await nothingOpen();
  });

  it('hears from the server that no agent came', async () => {
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.start());
    const end = await waitFor(
      async () => {
        const now = await state();
        return now.status === 'failed' ? now : null;
      },
      { timeoutMs: 25_000, what: 'the end of a call that nobody answers' },
    );
    expect(end).toMatchObject({ endReason: 'agent_did_not_join' });
    await nothingOpen();
    const client = await clientOf((end as { callId: string }).callId, 'end');
    const steps = client.timeline.map(({ type }) => type);
    expect(steps).toEqual(expect.arrayContaining(['start', 'signal', 'ice', 'connected']));
    expect(steps).not.toContain('agent_joined');
    expect(client.connection).toMatchObject({ codec: 'opus', candidate_type: expect.any(String) });
    expect(client.connection?.rtt_ms?.max).toBeLessThan(1_000);
    expect(client.connection?.samples).toBeGreaterThan(1);
  });

  it('tells the server when the tab is left in the middle of a call, and what the page has seen', async () => {
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.start());
    const { callId } = (await state()) as { callId: string };
    await page.goto('about:blank');
    await waitFor(async () => (await endReasons())[0] === 'page_closed', {
      timeoutMs: 20_000,
      what: 'the end reason page_closed',
    });
    const { timeline } = await clientOf(callId, 'end');
    expect(timeline.at(-1)?.detail).toEqual({ reason: 'page_closed' });
    expect(timeline.find(({ type }) => type === 'connected')?.at_ms).toBeLessThan(5_000);
  });
});

describe('the next page of a visitor', () => {
  const resume = (options: object) =>
    page.evaluate(
      async ([apiKey, agentId, more]) => {
        const here = globalThis as unknown as CallWindow;
        here.call = new here.DialNexaWebCall({ apiKey, agentId, resume: true, ...more });
        return here.call.resume();
      },
      [site.apiKey, product.agentId, options] as const,
    );
  const kept = () => page.evaluate(() => sessionStorage.length);

  it('takes up the same call after a reload, and nothing is stored but in between', async () => {
    expect(await resume({})).toBe(false);
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.start());
    const { callId } = (await state()) as { callId: string };
    expect(await kept()).toBe(0);
    const timeline = async () =>
      (await product.rest<Call>('GET', `/v1/calls/${callId}`)).timeline.map(({ type }) => type);
    await waitFor(async () => (await timeline()).includes('caller_joined'), {
      timeoutMs: 10_000,
      what: 'the caller on the record',
    });
    await page.reload();
    expect(await kept()).toBe(1);
    await putSdk(page, product.url);
    expect(await resume({})).toBe(true);
    expect(await kept()).toBe(0);
    expect(await state()).toMatchObject({ status: 'starting', callId });
    expect(await openResources()).toMatchObject({ tracks: 1, connections: expect.any(Number) });
    const steps = await waitFor(
      async () => {
        const types = await timeline();
        return types.includes('caller_returned') ? types : null;
      },
      { timeoutMs: 10_000, what: 'the return of the caller' },
    );
    expect(steps).toContain('caller_left');
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.end());
    const call = await product.rest<Call>('GET', `/v1/calls/${callId}`);
    expect(call.end_reason).toBe('user_disconnected');
    await nothingOpen();
  });

  it('takes up the call of the element, where it says so', async () => {
    const tag = { 'api-key': site.apiKey, 'agent-id': product.agentId, resume: '' };
    // As text: `import()` in a function would be the test runner's own.
    await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
      const element = document.createElement('dialnexa-call');
      for (const [name, value] of Object.entries(${JSON.stringify(tag)})) element.setAttribute(name, value);
      document.body.append(element);
      void import('${product.url}/widget.esm.js');
    })`);
    await page.goto(site.url);
    const element = page.locator('dialnexa-call');
    const joined = (): Promise<string> =>
      waitFor(
        async () => {
          const now = await element.evaluate(
            (one) =>
              JSON.parse(
                JSON.stringify((one as unknown as { state: CallState }).state),
              ) as CallState,
          );
          return now.status === 'starting' && now.stage === 'waiting_for_agent' ? now.callId : null;
        },
        { timeoutMs: 10_000, what: 'a call that waits for its agent' },
      );
    await element.locator('[part=call-button]').click();
    const callId = await joined();
    await page.reload();
    expect(await joined()).toBe(callId);
    expect(await kept()).toBe(0);
    await element.locator('[part=hang-up]').click();
    const reason = await waitFor(
      async () => (await product.rest<Call>('GET', `/v1/calls/${callId}`)).end_reason,
      { what: 'the end of the call' },
    );
    expect(reason).toBe('user_disconnected');
  });

  it('and a second one in the same browser is refused, unless it takes over', async () => {
    await page.evaluate(() => (globalThis as unknown as CallWindow).call.start());
    const opened = page.waitForEvent('popup');
    await page.evaluate(() => void window.open(location.href));
    const twin = await opened;
    await putSdk(twin, product.url);
    const start = (otherTabs: 'refuse' | 'take_over') =>
      twin.evaluate(
        ([apiKey, agentId, choice]) => {
          const here = globalThis as unknown as CallWindow;
          here.call = new here.DialNexaWebCall({ apiKey, agentId, otherTabs: choice });
          return here.call.start().then(
            () => 'started',
            (error: unknown) => (error as { code: string }).code,
          );
        },
        [site.apiKey, product.agentId, otherTabs] as const,
      );
    expect(await start('refuse')).toBe('call_elsewhere');
    expect((await state()).status).toBe('starting');
    expect(await start('take_over')).toBe('started');
    await waitFor(async () => (await state()).status === 'ended', { what: 'the end of the first' });
    await nothingOpen();
    await twin.close();
  });
});

describe('a trial before a call', () => {
  it('measures microphone and route, leaves nothing, and makes no record', async () => {
    const before = (await endReasons()).length;
    const report = await page.evaluate((apiKey) => {
      const here = globalThis as unknown as { runPreflight: typeof runPreflight };
      return here.runPreflight({ apiKey, seconds: 4 });
    }, site.apiKey);
    expect(report).toMatchObject({
      ok: true,
      microphone: { silent: false },
      network: {
        protocol: expect.stringMatching(/^(udp|tcp)$/),
        candidateType: expect.any(String),
      },
    });
    expect(report.network?.rttMs).toBeLessThan(1_000);
    expect(requested.filter((path) => path.startsWith('/preflight-'))).toHaveLength(1);
    await nothingOpen();
    expect(await endReasons()).toHaveLength(before);
  });
});

it('a microphone that never opens does not hide that the room is gone', async () => {
  const outcome = page.evaluate(() => {
    const { mediaDevices, permissions } = navigator;
    mediaDevices.getUserMedia = () => new Promise(() => {});
    // As of a visitor who has allowed it before.
    permissions.query = () => Promise.resolve({ state: 'granted' } as PermissionStatus);
    return (globalThis as unknown as CallWindow).call.start().then(
      () => 'started',
      (error: unknown) => (error as { code: string }).code,
    );
  });
  const isJoined = (): Promise<boolean> =>
    page.evaluate(async () => {
      const { timeline } = await (globalThis as unknown as CallWindow).call.diagnostics();
      return timeline.some(({ type }) => type === 'ice');
    });
  await waitFor(isJoined, { timeoutMs: 5000, what: 'a room that is joined' });
  const now = await state();
  const id = 'callId' in now ? now.callId : null;
  await product.rest('POST', `/v1/web-calls/${id}/terminate`, {});
  expect(await outcome).toBe('connection_failed');
  await nothingOpen();
  expect((await endReasons())[0]).toBe('terminated_by_api');
});

it('a media server that turns the page away leaves no connection open', async () => {
  await page.routeWebSocket(/\/rtc\//, (socket) => socket.close());
  const outcome = await page.evaluate(() =>
    (globalThis as unknown as CallWindow).call.start().then(
      () => 'started',
      (error: unknown) => (error as { code: string }).code,
    ),
  );
  expect(outcome).toBe('connection_failed');
  await nothingOpen();
});

describe('a start that is given up', () => {
  it('at any moment leaves nothing in the page and no open record', async () => {
    const before = (await endReasons()).length;
    const outcomes = await page.evaluate(async () => {
      const { newCall } = globalThis as unknown as CallWindow;
      const seen: string[] = [];
      for (let wait = 0; wait <= 480; wait += 30) {
        const controller = new AbortController();
        const call = newCall();
        setTimeout(() => controller.abort(), wait);
        seen.push(
          await call.start({ signal: controller.signal }).then(
            () => 'started',
            (error: unknown) => (error as { code: string }).code,
          ),
        );
        await call.end();
      }
      return seen;
    });
    expect(outcomes[0]).toBe('aborted');
    expect(new Set([...outcomes, 'aborted', 'started']).size).toBe(2);
    await nothingOpen();
    await waitFor(async () => !(await endReasons()).includes(null), {
      timeoutMs: 5000,
      what: 'the end of every record',
    });
    // A start that is given up at once may not have asked for a call yet.
    const reasons = await endReasons();
    const made = reasons.slice(0, reasons.length - before);
    expect(made.length).toBeGreaterThan(outcomes.length / 2);
    expect(new Set(made)).toEqual(new Set(['user_disconnected']));
  });

  it('while the media server keeps it waiting leaves nothing either', async () => {
    // Opens, and says nothing.
    await page.routeWebSocket(/\/rtc\//, () => undefined);
    const outcome = page.evaluate(() => {
      const here = globalThis as unknown as CallWindow & { giveUp: AbortController };
      here.giveUp = new AbortController();
      return here.call.start({ signal: here.giveUp.signal }).then(
        () => 'started',
        (error: unknown) => (error as { code: string }).code,
      );
    });
    await waitFor(async () => (await openResources()).connections === 1, { what: 'a connection' });
    await page.evaluate(() => {
      (globalThis as unknown as { giveUp: AbortController }).giveUp.abort();
    });
    expect(await outcome).toBe('aborted');
    await nothingOpen();
  });
});
