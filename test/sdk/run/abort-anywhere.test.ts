/** However far a start has come when it is given up, nothing of it is left. */
import { describe, expect, it } from 'vitest';
import { CallError } from '../../../sdk/index.js';
import { SdkWorld } from '../../support/sdk-world.js';
import { ticks } from '../../support/ticks.js';

interface Delays {
  name: string;
  microphone: number;
  grant: number;
  media: number;
  /** Whether the visitor has allowed the microphone before, so that joining does not wait for it. */
  allowed?: boolean;
}

/** Whichever of the three comes last, the others are already there when the start is given up. */
const orders: Delays[] = [
  { name: 'the microphone comes last', microphone: 9, grant: 2, media: 3 },
  { name: 'the grant comes last', microphone: 2, grant: 9, media: 3 },
  { name: 'joining takes longest', microphone: 2, grant: 3, media: 9 },
  { name: 'an allowed microphone comes last', microphone: 19, grant: 2, media: 3, allowed: true },
];

function worldWith(delays: Delays): SdkWorld {
  const world = new SdkWorld();
  world.microphone.delay = delays.microphone;
  world.microphone.allowed = delays.allowed ?? false;
  world.server.delay = delays.grant;
  world.media.delay = delays.media;
  return world;
}

/** Microtasks from `start()` until its promise has resolved. */
async function stepsOfStart(delays: Delays): Promise<number> {
  const world = worldWith(delays);
  let done = false;
  const started = world.call.start().then(() => {
    done = true;
  });
  let steps = 0;
  while (!done) {
    await ticks(1);
    steps += 1;
  }
  await started;
  await world.call.end();
  return steps;
}

async function codeOf(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => 'started',
    (error: unknown) => (error instanceof CallError ? error.code : String(error)),
  );
}

/** In the last microtasks media is up and the start can no longer be given up, only ended. */
function expectedCodes(step: number, steps: number): string[] {
  return step < steps - 4 ? ['aborted'] : ['aborted', 'started'];
}

describe.each(orders)('giving up a start when $name', async (delays) => {
  const steps = await stepsOfStart(delays);
  const everyStep = Array.from({ length: steps + 2 }, (_, step) => step);

  it('has many places to be given up at', () => {
    expect(steps).toBeGreaterThan(12);
  });

  it.each(everyStep)('by its signal after %i microtasks leaves nothing', async (step) => {
    const world = worldWith(delays);
    const controller = new AbortController();
    const outcome = codeOf(world.call.start({ signal: controller.signal }));
    await ticks(step);
    controller.abort();
    expect(expectedCodes(step, steps)).toContain(await outcome);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
    expect(world.call.state.status).toBe('ended');
    expect(world.ended).toHaveLength(1);
  });

  it.each(everyStep)('by end() after %i microtasks leaves nothing', async (step) => {
    const world = worldWith(delays);
    const outcome = codeOf(world.call.start());
    await ticks(step);
    await Promise.all([world.call.end(), world.call.end()]);
    expect(expectedCodes(step, steps)).toContain(await outcome);
    expect(world.leftovers()).toEqual([]);
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'user_disconnected' });
    expect(world.ended).toHaveLength(1);
  });

  it.each(everyStep)('by closing the page after %i microtasks leaves nothing', async (step) => {
    const world = worldWith(delays);
    const outcome = codeOf(world.call.start());
    await ticks(step);
    world.page.hide();
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'page_closed' });
    await outcome;
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
    expect(world.server.calls.map((call) => call.endReason)).not.toContain('user_disconnected');
  });
});

describe('a signal that was aborted before', () => {
  it('asks for nothing', async () => {
    const world = new SdkWorld();
    const reason = new Error('changed my mind');
    const error: unknown = await world.call
      .start({ signal: AbortSignal.abort(reason) })
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: 'aborted', cause: reason });
    expect(world.microphone.asked).toEqual([]);
    expect(world.server.requests).toEqual([]);
    expect(world.leftovers()).toEqual([]);
  });
});
