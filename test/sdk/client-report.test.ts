/** What the page tells the call's record of itself, and what the caller thinks of the call. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../../sdk/index.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

afterEach(() => {
  vi.useRealTimers();
});

const figures = {
  codec: 'opus',
  rtt_ms: { p50: 40, p90: 60, max: 90 },
  jitter_ms: null,
  packet_loss_percent: null,
  candidate_type: 'host',
  protocol: 'udp',
  samples: 2,
};

const typesIn = (world: SdkWorld) => world.server.reports.at(-1)?.timeline.map(({ type }) => type);

describe('a report', () => {
  it('at the end has every step and the figures, with the token of the call', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.media.last.listener.playbackBlocked(true);
    await world.call.mute();
    world.media.last.listener.reconnecting();
    world.media.last.listener.reconnected();
    await world.call.unmute();
    world.media.last.figures = figures;
    await world.call.end();
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(1));
    const [report] = world.server.reports;
    expect(report).toMatchObject({ call_token: 'token of call_1', connection: figures });
    expect(typesIn(world)).toEqual([
      'start',
      ...['media_code', 'microphone', 'grant', 'signal', 'ice', 'connected'],
      ...['agent_joined', 'agent_ready', 'audio_blocked', 'muted'],
      ...['reconnecting', 'reconnected', 'unmuted', 'end'],
    ]);
    expect(report?.timeline[0]?.at_ms).toBe(0);
    expect(report?.timeline.at(-1)).toMatchObject({ detail: { reason: 'hung_up' } });
    const last = report?.timeline.at(-1)?.at_ms ?? Infinity;
    expect(report?.sent_at_ms).toBeGreaterThanOrEqual(last);
  });

  it('goes out a few seconds after the connection, then every minute, and at the end', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    const sentAfter = async (ms: number) => {
      await vi.advanceTimersByTimeAsync(ms);
      return world.server.reports.length;
    };
    expect(await sentAfter(4_500)).toBe(0);
    expect(await sentAfter(1_000)).toBe(1);
    expect(await sentAfter(59_000)).toBe(1);
    expect(await sentAfter(1_500)).toBe(2);
    await world.call.end();
    expect(await sentAfter(1)).toBe(3);
    expect(await sentAfter(300_000)).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells of a caller who hesitates before the microphone', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    world.microphone.open = () => new Promise<never>(() => {});
    const gone = failure(world.call.start());
    await vi.advanceTimersByTimeAsync(15_500);
    expect(typesIn(world)).toEqual(['start', 'media_code', 'grant']);
    await world.call.end();
    await gone;
  });

  it('of a page that closes is a beacon', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.page.hide();
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(1));
    expect(world.server.reports[0]?.timeline.at(-1)).toMatchObject({
      type: 'end',
      detail: { reason: 'page_closed' },
    });
    await world.call.end();
    expect(world.server.reports).toHaveLength(1);
  });

  it('tells why a start failed', async () => {
    const world = new SdkWorld();
    world.microphone.refusal = new CallError('microphone_denied');
    await failure(world.call.start());
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(1));
    expect(world.server.reports[0]?.timeline.at(-1)?.detail).toEqual({
      reason: 'microphone_denied',
    });
  });

  it('tells of a call whose grant came after the end, and leaves no timer', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    world.server.delay = 20;
    const gone = failure(world.call.start());
    await ticks(8);
    await world.call.end();
    await gone;
    await vi.advanceTimersByTimeAsync(0);
    expect(world.server.reports).toHaveLength(1);
    expect(typesIn(world)?.at(-1)).toBe('end');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('begins with the sign that a call was wanted', async () => {
    const world = new SdkWorld();
    await world.call.warmUp();
    await new Promise((resolve) => setTimeout(resolve, 3));
    await world.answered();
    await world.call.end();
    await world.answered();
    await world.call.end();
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(2));
    const [first, second] = world.server.reports;
    expect(first?.timeline[0]?.type).toBe('intent');
    expect(first?.timeline[0]?.at_ms).toBeLessThan(0);
    expect(second?.timeline[0]).toEqual({ type: 'start', at_ms: 0 });
  });

  it('of any length keeps the steps of joining and the latest', async () => {
    const world = new SdkWorld();
    await world.answered();
    for (let n = 0; n < 120; n += 1) world.media.last.listener.playbackBlocked(n % 2 === 0);
    await world.call.end();
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(1));
    expect(typesIn(world)).toHaveLength(100);
    expect(typesIn(world)).toEqual(expect.arrayContaining(['start', 'agent_ready']));
    expect(typesIn(world)?.at(-1)).toBe('end');
  });

  it('that nobody takes changes nothing', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.server.unreachable = true;
    await world.call.end();
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'user_disconnected' });
    expect(world.errors).toEqual([]);
  });

  it('of a call that begins muted says so first', async () => {
    const world = new SdkWorld();
    await world.call.start({ microphone: false });
    await world.call.end();
    await vi.waitFor(() => expect(world.server.reports).toHaveLength(1));
    expect(typesIn(world)?.slice(0, 2)).toEqual(['start', 'muted']);
  });
});

describe('rate()', () => {
  it('tells during the call and after it', async () => {
    const world = new SdkWorld();
    await world.answered();
    await world.call.rate(2);
    await world.call.end();
    await world.call.rate(5, 'Very helpful.');
    const call_token = 'token of call_1';
    expect(world.server.feedback).toEqual([
      { rating: 2, call_token },
      { rating: 5, comment: 'Very helpful.', call_token },
    ]);
  });

  it('rejects without a call, and with what the server says', async () => {
    const world = new SdkWorld();
    expect(await failure(world.call.rate(5))).toMatchObject({ code: 'not_active' });
    await world.answered();
    await world.call.end();
    const refusal = { statusCode: 409, message: 'Too late.', code: 'call_already_ended' } as const;
    world.server.refusal = refusal;
    expect(await failure(world.call.rate(5))).toMatchObject({
      code: 'call_already_ended',
      message: 'Too late.',
    });
    world.server.unreachable = true;
    expect(await failure(world.call.rate(5))).toMatchObject({ code: 'network_unreachable' });
  });
});
