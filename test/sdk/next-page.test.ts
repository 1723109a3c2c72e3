/** A call that goes on with the next page of its visitor, and what is kept in between. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CallError } from '../../sdk/index.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

afterEach(() => {
  vi.useRealTimers();
});

const hears = (world: SdkWorld, segmentId: string, text: string, final = true) =>
  world.media.last.listener.transcript({ segmentId, role: 'agent', text, final });
const words = (world: SdkWorld) => world.call.transcript.map(({ text }) => text);

/** What the tab's storage holds. */
interface LeftBehind {
  upAt: number;
  leftAt: number;
  seen: { beganAt: number; steps: object[] };
}

/** A page in the middle of a call, which its visitor leaves. */
async function leftPage(options = {}): Promise<SdkWorld> {
  const world = new SdkWorld({ resume: true, ...options });
  await world.answered();
  hears(world, 'a', 'Good morning');
  await world.call.sendText('my bike');
  hears(world, 'b', 'What is wrong', false);
  return world;
}

async function hide(world: SdkWorld): Promise<SdkWorld> {
  world.page.hide();
  await world.call.end();
  await ticks(20);
  return world;
}

describe('resume()', () => {
  it('goes on with the call of the page before: its id, words, duration and steps', async () => {
    vi.useFakeTimers();
    const before = await leftPage();
    await vi.advanceTimersByTimeAsync(60_000);
    await hide(before);
    expect(before.call.state).toMatchObject({ status: 'ended', endReason: 'page_closed' });
    expect(before.media.last.mayReturn).toBe(true);
    expect(before.leftovers()).toEqual([]);
    expect(before.server.open).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);

    const after = new SdkWorld({ resume: true }, before);
    const told: string[] = [];
    after.call.on('transcript', ({ text }) => told.push(text));
    expect(await after.call.resume()).toBe(true);
    after.media.last.listener.agentChanged('listening');
    expect(after.call.state).toMatchObject({ status: 'active', callId: 'call_1', muted: false });
    expect(after.media.last.grant).toMatchObject({
      accessToken: 'join call_1 again',
      isReturn: true,
    });
    expect(words(after)).toEqual(['Good morning', 'my bike', 'What is wrong']);
    expect(told).toEqual(words(after));
    // The sentence that was being said is over for this page, and where it was; the whole of it may take its place.
    expect(after.call.transcript.filter(({ final }) => !final)).toEqual([]);
    hears(after, 'b', 'What is wrong with', false);
    expect(told).toHaveLength(3);
    await after.call.sendText('the brakes');
    hears(after, 'b', 'What is wrong with it?');
    expect(words(after)).toEqual([
      'Good morning',
      'my bike',
      'What is wrong with it?',
      'the brakes',
    ]);
    expect(new Set(after.call.transcript.map(({ id }) => id)).size).toBe(4);
    expect(after.call.durationMs).toBeGreaterThanOrEqual(63_000);
    await after.call.end();
    expect(after.server.calls).toMatchObject([{ endReason: 'user_disconnected' }]);
    await vi.advanceTimersByTimeAsync(0);
    const steps = after.server.reports.at(-1)?.timeline ?? [];
    expect(steps.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['start', 'agent_ready', 'resumed', 'connected', 'end']),
    );
    expect(steps.at(-1)?.at_ms).toBeGreaterThanOrEqual(63_000);
    expect(after.leftovers()).toEqual([]);
  });

  it('keeps the microphone shut of a caller who was muted', async () => {
    const before = await leftPage();
    await before.call.mute();
    await hide(before);
    const after = new SdkWorld({ resume: true }, before);
    expect(await after.call.resume()).toBe(true);
    expect(after.microphone.asked).toEqual([]);
    expect(after.call.muted).toBe(true);
    await after.call.end();
  });

  it('stays typed only, whatever the next page says: its agent has no voice', async () => {
    const before = new SdkWorld({ resume: true });
    await before.call.start({ textOnly: true });
    await hide(before);
    const after = new SdkWorld({ resume: true }, before);
    expect(await after.call.resume()).toBe(true);
    expect([after.media.last.grant?.isSilent, after.microphone.asked]).toEqual([true, []]);
    expect(after.contexts).toEqual([]);
    expect((await failure(after.call.unmute())).code).toBe('invalid_options');
    await hide(after);
    const next = new SdkWorld({ resume: true }, after);
    expect(await next.call.resume({ textOnly: false, microphone: true })).toBe(true);
    expect([next.media.last.grant?.isSilent, next.microphone.asked]).toEqual([true, []]);
    await next.call.end();
  });

  it('finds nothing a second time, nor in another tab: what was kept is taken away', async () => {
    const before = await hide(await leftPage());
    const after = new SdkWorld({ resume: true }, before);
    await after.call.resume();
    expect(after.page.storage).toBeNull();
    const twin = new SdkWorld({ resume: true }, after);
    expect(await twin.call.resume()).toBe(false);
    expect(twin.call.state.status).toBe('idle');
    await after.call.end();
  });

  it('keeps nothing while a call goes on, after its end, or of a call that is not to be resumed', async () => {
    const world = await leftPage();
    expect(world.page.storage).toBeNull();
    await world.call.end();
    await hide(world);
    expect(world.page.storage).toBeNull();
    const other = await hide(await leftPage({ resume: false }));
    expect(other.page.storage).toBeNull();
    expect(other.server.calls).toMatchObject([{ endReason: 'page_closed' }]);
    expect(other.media.last.mayReturn).toBe(false);
  });

  it('leaves the call of another agent to whom it belongs', async () => {
    const before = await hide(await leftPage());
    const other = new SdkWorld({ resume: true, agentVersionId: 'av_2' }, before);
    expect(await other.call.resume()).toBe(false);
    expect(other.page.storage).not.toBeNull();
    expect(other.server.requests.map(({ url }) => url).join()).not.toContain('resume');
  });

  it('makes nothing of a call that has ended, is too old, or is not a call', async () => {
    vi.useFakeTimers();
    const before = await hide(await leftPage());
    before.server.end('agent_disconnected');
    const late = new SdkWorld({ resume: true }, before);
    expect(await late.call.resume()).toBe(false);
    expect(late.call.state.status).toBe('idle');
    expect(late.page.storage).toBeNull();

    const old = await hide(await leftPage());
    await vi.advanceTimersByTimeAsync(20_000);
    const next = new SdkWorld({ resume: true }, old);
    expect(await next.call.resume()).toBe(false);

    const whole = (await hide(await leftPage())).page.storage ?? '';
    const withSegments = (segments: unknown): string =>
      JSON.stringify({ ...(JSON.parse(whole) as object), segments });
    const odds = [withSegments([null]), withSegments([{ id: 'a' }]), withSegments(['a'])];
    for (const odd of ['', 'null', '[]', '{"ticket":{}}', '{"whose":1', ...odds]) {
      const page = new SdkWorld({ resume: true });
      page.page.storage = odd;
      expect(await page.call.resume()).toBe(false);
    }
  });

  it('makes nothing of a call whose times and steps cannot be, and reports nothing of them', async () => {
    const whole = JSON.parse((await hide(await leftPage())).page.storage ?? '') as LeftBehind;
    const { seen } = whole;
    const step = { type: 'connected', at_ms: 1 };
    const many = Array.from({ length: 101 }, () => step);
    const tomorrow = Date.now() + 86_400_000;
    const withSeen = (changes: object) => ({ ...whole, seen: { ...seen, ...changes } });
    const odds: object[] = [
      ...[-1e300, 1e300, 0, tomorrow, null, '1'].map((upAt) => ({ ...whole, upAt })),
      ...[-1e300, 1e300, 0, tomorrow, null].map((beganAt) => withSeen({ beganAt })),
      ...[many, [null], [{ type: 'x' }], [{ ...step, at_ms: 1e300 }], ['x'], [{ at_ms: 1 }]].map(
        (steps) => withSeen({ steps }),
      ),
      ...[{ code: {} }, 'x', null, [[]]].map((detail) =>
        withSeen({ steps: [{ ...step, detail }] }),
      ),
      { ...whole, leftAt: null },
      { ...whole, seen: null },
    ];
    for (const odd of odds) {
      const page = new SdkWorld({ resume: true });
      page.page.storage = JSON.stringify(odd);
      expect([await page.call.resume(), page.call.state.status], JSON.stringify(odd)).toEqual([
        false,
        'idle',
      ]);
      expect(page.server.reports).toEqual([]);
    }
  });

  it('takes up as many steps as a report may hold', async () => {
    const before = await hide(await leftPage());
    const whole = JSON.parse(before.page.storage ?? '') as LeftBehind;
    whole.seen.steps = Array.from({ length: 100 }, () => ({ type: 'connected', at_ms: 1 }));
    before.page.storage = JSON.stringify(whole);
    const after = new SdkWorld({ resume: true }, before);
    expect(await after.call.resume()).toBe(true);
    await after.call.end();
    await ticks(20);
    expect(after.server.reports.at(-1)?.timeline).toHaveLength(100);
  });

  it('says so when the server cannot be asked', async () => {
    const before = await hide(await leftPage());
    const after = new SdkWorld({ resume: true }, before);
    after.server.unreachable = true;
    expect(await failure(after.call.resume())).toMatchObject({ code: 'network_unreachable' });
    expect(after.call.state.status).toBe('idle');
  });

  it('gives way to a call that is started meanwhile', async () => {
    const before = await hide(await leftPage());
    const after = new SdkWorld({ resume: true }, before);
    const resumed = after.call.resume();
    await after.call.start();
    expect(await resumed).toBe(false);
    expect(after.call.callId).toBe('call_2');
    expect(after.server.open.map(({ id }) => id)).toEqual(['call_2']);
    await after.call.end();
  });

  it('takes nothing up once it is given up by end(), before there is anything to see of it', async () => {
    const after = new SdkWorld({ resume: true }, await hide(await leftPage()));
    const resumed = after.call.resume();
    await after.call.end();
    expect(await resumed).toBe(false);
    expect(after.call.state.status).toBe('idle');
    expect(after.microphone.asked).toEqual([]);
    expect(after.server.calls).toMatchObject([{ endReason: 'user_disconnected' }]);
    expect(after.leftovers()).toEqual([]);
  });

  it('given up at any moment ends the call, also while another one goes on elsewhere', async () => {
    let isUp = false;
    for (let step = 0; !isUp; step += 1) {
      const page = new SdkWorld({ resume: true }, await hide(await leftPage()));
      const control = new AbortController();
      const resumed = page.call.resume({ signal: control.signal });
      const outcome = resumed.catch((error: unknown) => (error as CallError).code);
      await ticks(step);
      control.abort();
      isUp = (await outcome) === true;
      if (!isUp) expect(await outcome).toBe('aborted');
      await page.call.end();
      expect(page.server.open, `after ${step}`).toEqual([]);
      expect(page.leftovers()).toEqual([]);
    }
    const after = new SdkWorld({ resume: true }, await hide(await leftPage()));
    await after.page.claimCall(false, () => {});
    expect(await failure(after.call.resume())).toMatchObject({ code: 'call_elsewhere' });
    await after.call.end();
    expect(after.server.calls).toMatchObject([{ endReason: 'user_disconnected' }]);
  });
});
