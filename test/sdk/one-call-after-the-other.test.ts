/** Starts and ends in any order and at any speed: one call at a time, and each of them told of once. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectFailure } from '../fakes/fake-media.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

afterEach(() => {
  vi.useRealTimers();
});

const steps = Array.from({ length: 40 }, (_, step) => step);

describe('end(), start(), end(), start() in one breath', () => {
  it('leaves one live call, and its state says so', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    const given = failure(world.call.start());
    void world.call.end();
    await world.call.start();
    world.media.last.listener.agentChanged('listening');
    expect((await given).code).toBe('aborted');
    expect(world.call.state).toMatchObject({ status: 'active', callId: 'call_2' });
    expect(world.server.open.map((call) => call.id)).toEqual(['call_2']);
    expect(world.ended.map((end) => end.callId)).toEqual(['call_1', null]);
    await world.call.end();
    expect(world.call.state).toMatchObject({ status: 'ended', callId: 'call_2' });
    expect(world.ended).toHaveLength(3);
    expect(world.leftovers()).toEqual([]);
  });

  it('never shows one call after the words of another', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    void failure(world.call.start());
    void world.call.end();
    await world.call.start();
    await world.call.end();
    const words = world.states.map((state) => state.status);
    expect(words.join(' ')).toMatch(/^(starting )+active ending ended (starting )+ending ended$/);
  });

  it('resolves end() only when nothing of any of them is left', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    void failure(world.call.start());
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
    expect(world.call.state.status).toBe('ended');
  });

  it.each(steps)('with %i microtasks between the words leaves nothing', async (step) => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    await ticks(step);
    const second = world.call.start().catch(() => {});
    await ticks(step);
    void world.call.end();
    await ticks(step);
    await world.call.start();
    world.media.last.listener.agentChanged('listening');
    expect(world.call.state.status).toBe('active');
    expect(world.server.open).toHaveLength(1);
    await world.call.end();
    await second;
    expect(world.ended).toHaveLength(3);
    expect(world.leftovers()).toEqual([]);
  });
});

describe('a start after one that failed', () => {
  it('shows at once that it starts, and opens nothing before the failed one is gone', async () => {
    const world = new SdkWorld();
    world.media.failures.push(connectFailure('unreachable'));
    await failure(world.call.start());
    world.server.delay = 50;
    const again = world.call.start();
    expect(world.call.state.status).toBe('starting');
    expect(world.server.open).toHaveLength(1);
    expect(world.microphone.asked).toHaveLength(1);
    await again;
    expect(world.server.open.map((call) => call.id)).toEqual(['call_2']);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('may be given up at once', async () => {
    const world = new SdkWorld();
    world.media.failures.push(connectFailure('unreachable'));
    await failure(world.call.start());
    const again = failure(world.call.start());
    const ended = world.call.end();
    expect((await again).code).toBe('aborted');
    await ended;
    expect(world.call.state).toMatchObject({ status: 'ended', callId: null });
    expect(world.microphone.asked).toHaveLength(1);
    expect(world.leftovers()).toEqual([]);
  });
});

describe('a start that waits for the call before', () => {
  it.each(steps)('is given up by its signal after %i microtasks', async (step) => {
    const world = new SdkWorld();
    world.server.delay = 60;
    await world.answered();
    void world.call.end();
    const controller = new AbortController();
    const outcome = failure(world.call.start({ signal: controller.signal }));
    await ticks(step);
    controller.abort();
    expect((await outcome).code).toBe('aborted');
    expect(world.server.calls).toHaveLength(1);
    await world.call.end();
    expect(world.microphone.opened).toHaveLength(1);
    expect(world.ended).toHaveLength(2);
    expect(world.leftovers()).toEqual([]);
  });

  it('rejects at the signal, not when the call before is gone', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.server.delay = 1000;
    void world.call.end();
    const controller = new AbortController();
    const outcome = failure(world.call.start({ signal: controller.signal }));
    controller.abort();
    await outcome;
    expect(world.call.state.status).toBe('ending');
    await world.call.end();
  });

  it('is given up when the page is closed', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    const outcome = failure(world.call.start());
    world.page.hide();
    expect((await outcome).code).toBe('aborted');
    await world.call.end();
    expect(world.server.calls).toHaveLength(1);
    expect(world.leftovers()).toEqual([]);
  });

  it('opens no microphone before its turn, whatever is asked of it', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    const started = world.call.start();
    await world.call.mute();
    const unmuted = world.call.unmute();
    await ticks(2);
    expect(world.microphone.opened).toHaveLength(1);
    await started;
    await unmuted;
    expect(world.microphone.opened).toHaveLength(2);
    expect(world.media.last).toMatchObject({ muted: false });
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });
});

describe('a grant that is being renewed', () => {
  /** A start whose first grant was refused for its age. */
  async function renewing(): Promise<{ world: SdkWorld; outcome: Promise<unknown> }> {
    vi.useFakeTimers();
    const world = new SdkWorld();
    let allow: () => void = () => {};
    world.microphone.answer = new Promise((resolve) => {
      allow = resolve;
    });
    world.media.failures.push(connectFailure('refused'));
    const outcome = failure(world.call.start());
    await vi.advanceTimersByTimeAsync(60_000);
    world.server.delay = 12;
    allow();
    return { world, outcome };
  }

  it.each(Array.from({ length: 24 }, (_, step) => step))(
    'and given up after %i microtasks leaves no open record',
    async (step) => {
      const { world, outcome } = await renewing();
      await ticks(step);
      void world.call.end();
      await outcome;
      await vi.advanceTimersByTimeAsync(5000);
      await world.call.end();
      expect(world.leftovers()).toEqual([]);
    },
  );

  it('while the page is closed leaves no open record', async () => {
    const { world, outcome } = await renewing();
    while (world.server.requests.length < 2) await ticks(1);
    world.page.hide();
    await outcome;
    await vi.advanceTimersByTimeAsync(5000);
    expect(world.leftovers()).toEqual([]);
    expect(world.server.calls.map((call) => call.endReason)).toEqual([
      'page_closed',
      'page_closed',
    ]);
  });
});
