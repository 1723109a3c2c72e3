/** How a call ends, and what a page sees of it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SdkWorld } from '../support/sdk-world.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the end', () => {
  it.each([
    ['terminated_by_api', 'ended'],
    ['agent_disconnected', 'ended'],
    ['max_duration_reached', 'ended'],
    ['silence_timeout', 'ended'],
    ['agent_did_not_join', 'failed'],
    ['system_failure', 'failed'],
  ] as const)('by the server as %s shows as %s', async (reason, status) => {
    const world = new SdkWorld();
    await world.answered();
    world.server.end(reason);
    world.media.last.drop('room_closed');
    await world.call.end();
    expect(world.call.state).toMatchObject({ status, endReason: reason, callId: 'call_1' });
    expect(world.leftovers()).toEqual([]);
    expect(world.server.requests.slice(1)).toMatchObject([
      { method: 'GET', url: 'https://calls.example/v1/web-calls/call_1' },
    ]);
  });

  it('that the server is told of after the page is shown as the server says', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    world.media.last.drop('room_closed');
    await vi.advanceTimersByTimeAsync(300);
    expect(world.call.state.status).toBe('ending');
    world.server.end('agent_disconnected');
    await vi.advanceTimersByTimeAsync(1_200);
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'agent_disconnected' });
  });

  it('that the server does not tell at the first question is asked for again', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    world.server.end('system_failure');
    world.server.unreachable = true;
    world.media.last.drop('room_closed');
    await vi.advanceTimersByTimeAsync(300);
    expect(world.call.state.status).toBe('ending');
    world.server.unreachable = false;
    await vi.advanceTimersByTimeAsync(1_200);
    expect(world.call.state).toMatchObject({ status: 'failed', endReason: 'system_failure' });
  });

  it('is not asked for any more where the server is slow to say nothing', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    world.server.hangs = true;
    world.media.last.drop('room_closed');
    await vi.advanceTimersByTimeAsync(6_500);
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'unknown' });
  });

  it('of a page that another took the place of leaves the call to that one', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    world.media.last.drop('replaced');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(world.call.state).toMatchObject({ status: 'ended', endReason: 'unknown' });
    expect(world.server.calls[0]?.endReason).toBeNull();
  });

  it('leaves nothing of what the agent was doing, as soon as it is told', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.media.last.listener.agentChanged('speaking');
    expect(world.call.agentState).toBe('speaking');
    const seen: unknown[] = [];
    world.call.on('stateChange', ({ state }) => seen.push([state.status, world.call.agentState]));
    world.call.on('ended', () => seen.push(['told', world.call.agentState]));
    await world.call.end();
    expect(seen).toEqual([
      ['ending', 'speaking'],
      ['ended', null],
      ['told', null],
    ]);
    expect(world.call.agentState).toBeNull();
  });

  it('by a lost connection is told to the server and shown', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.media.last.listener.reconnecting();
    expect(world.call.state.status).toBe('reconnecting');
    world.media.last.drop('connection_lost');
    await world.call.end();
    expect(world.call.state).toMatchObject({
      status: 'failed',
      endReason: 'network_failure',
      error: { code: 'connection_lost' },
    });
    expect(world.server.calls[0]?.endReason).toBe('network_failure');
  });

  it('is guessed when the server cannot be asked', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.server.unreachable = true;
    world.media.last.drop('server_failed');
    await world.call.end();
    expect(world.call.state).toMatchObject({ status: 'failed', endReason: 'system_failure' });
  });

  it('by closing the page is told by a text/plain beacon that carries the token', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.page.hide();
    expect(world.server.requests.at(-1)).toMatchObject({
      url: 'https://calls.example/v1/web-calls/call_1/terminate',
      body: { call_token: 'token of call_1', reason: 'page_closed' },
    });
    await world.call.end();
    expect(world.server.calls[0]?.endReason).toBe('page_closed');
  });

  it('comes when the agent never does', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.call.start();
    // The server, which is asked no more, may give it thirty seconds.
    await vi.advanceTimersByTimeAsync(34_000);
    expect(world.call.state.status).toBe('starting');
    await vi.advanceTimersByTimeAsync(2000);
    expect(world.call.state).toMatchObject({
      status: 'failed',
      endReason: 'agent_did_not_join',
      error: { code: 'agent_did_not_join', fault: 'agent' },
    });
    expect(world.leftovers()).toEqual([]);
  });

  it('does not come when the agent left and came back', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    await world.answered();
    world.media.last.listener.agentChanged(null);
    expect(world.call.agentState).toBe('gone');
    await vi.advanceTimersByTimeAsync(10_000);
    world.media.last.listener.agentChanged('listening');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.call.state).toMatchObject({ status: 'active', agentState: 'listening' });
    await world.call.end();
  });

  it('says how long the call was, whatever is done to the clock meanwhile', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    expect(world.call.durationMs).toBe(0);
    await world.answered();
    await vi.advanceTimersByTimeAsync(2_000);
    vi.setSystemTime(Date.now() + 400 * 86_400_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(world.call.durationMs).toBe(5_000);
    vi.setSystemTime(0);
    await world.call.end();
    expect(world.ended[0]?.durationMs).toBe(5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.call.durationMs).toBe(5_000);
  });

  it('leaves no segment of the transcript open', async () => {
    const world = new SdkWorld();
    await world.answered();
    const { listener } = world.media.last;
    listener.transcript({ segmentId: 'S1', role: 'agent', text: 'We are op', final: false });
    const heard: boolean[] = [];
    world.call.on('transcript', ({ final }) => heard.push(final));
    await world.call.end();
    expect(heard).toEqual([true]);
    expect(world.call.transcript).toMatchObject([{ text: 'We are op', final: true }]);
  });

  it('may be asked for in any state', async () => {
    const world = new SdkWorld();
    await world.call.end();
    expect(world.call.state.status).toBe('idle');
    expect(world.ended).toEqual([]);
    await world.answered();
    await world.call.end();
    await world.call.end();
    expect(world.ended).toHaveLength(1);
  });
});
