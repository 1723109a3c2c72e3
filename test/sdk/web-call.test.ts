/** A call from the first click to the last word, as a page sees it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../../sdk/index.js';
import { connectFailure } from '../fakes/fake-media.js';
import { FakeTrack } from '../fakes/fake-track.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

afterEach(() => {
  vi.useRealTimers();
});

async function failure(promise: Promise<unknown>): Promise<CallError> {
  const error: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof CallError)) throw new Error(`not a CallError: ${String(error)}`);
  return error;
}

const stages = (world: SdkWorld) =>
  world.states.map((state) => (state.status === 'starting' ? state.stage : state.status));

describe('start()', () => {
  it('goes through its stages and is active when the agent is ready', async () => {
    const world = new SdkWorld();
    world.server.delay = 9;
    const timings: string[] = [];
    world.call.on('timing', ({ stage }) => timings.push(stage));
    await world.call.start();
    expect(world.call.state).toMatchObject({ status: 'starting', stage: 'waiting_for_agent' });
    world.media.last.listener.agentChanged('initializing');
    expect(world.call.state.status).toBe('starting');
    world.media.last.listener.agentChanged('listening');
    expect(world.call.state).toMatchObject({
      status: 'active',
      callId: 'call_1',
      agentState: 'listening',
    });
    expect([...new Set(stages(world))]).toEqual([
      'microphone',
      'grant',
      'connecting',
      'waiting_for_agent',
      'active',
    ]);
    expect(timings).toEqual([
      'media_code',
      'microphone',
      'grant',
      'connected',
      'agent_joined',
      'agent_ready',
    ]);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('sends what the constructor was given, in the words of the wire', async () => {
    const world = new SdkWorld({
      variables: { visitor_name: 'Ada', visits: 3 },
      metadata: { plan: 'pro' },
    });
    await world.call.start();
    expect(world.server.requests[0]).toMatchObject({
      url: 'https://calls.example/v1/web-calls',
      method: 'POST',
      body: {
        agent_version_id: 'av_1',
        variables: { visitor_name: 'Ada', visits: 3 },
        metadata: { plan: 'pro' },
        locale: 'en-GB',
        page_url: 'https://shop.example/help',
      },
    });
    expect(world.server.requests[0]?.headers.get('authorization')).toBe('Bearer dnx_pk_test');
    await world.call.end();
  });

  it('returns one promise while one call is under way', async () => {
    const world = new SdkWorld();
    const first = world.call.start();
    expect(world.call.start()).toBe(first);
    await first;
    expect(world.call.start()).toBe(first);
    expect(world.server.calls).toHaveLength(1);
    await world.call.end();
  });

  it('begins a new call after the end, and forgets the old words', async () => {
    const world = new SdkWorld();
    await world.answered();
    await world.call.sendText('hello');
    await world.call.end();
    expect(world.call.transcript).toHaveLength(1);
    await world.answered();
    expect(world.call.transcript).toHaveLength(0);
    expect(world.call.callId).toBe('call_2');
    await world.call.end();
    expect(world.ended).toHaveLength(2);
    expect(world.leftovers()).toEqual([]);
  });

  it('right after end() waits for the old call to be gone', async () => {
    const world = new SdkWorld();
    await world.answered();
    void world.call.end();
    await world.call.start();
    expect(world.server.calls.map((call) => call.endReason)).toEqual(['user_disconnected', null]);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('asks for microphone, grant and media code at once', async () => {
    const world = new SdkWorld();
    const started = world.call.start();
    await ticks(1);
    expect(world.microphone.asked).toHaveLength(1);
    expect(world.server.requests).toHaveLength(1);
    await started;
    await world.call.end();
  });

  it('uses a track of the page and leaves it running', async () => {
    const world = new SdkWorld();
    const track = new FakeTrack('mine');
    await world.call.start({ microphone: track.asTrack() });
    expect(world.media.last.microphone).toBe(track);
    await world.call.end();
    expect(track.stopped).toBe(false);
    expect(world.microphone.asked).toEqual([]);
  });

  it('joins without a microphone, and opens one on unmute()', async () => {
    const world = new SdkWorld();
    await world.call.start({ microphone: false });
    expect(world.call.muted).toBe(true);
    expect(world.microphone.asked).toEqual([]);
    await world.call.unmute();
    expect(world.media.last.microphone).toBe(world.microphone.opened[0]);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });
});

describe('a start that fails', () => {
  it.each([
    'microphone_denied',
    'microphone_dismissed',
    'microphone_in_use',
    'microphone_not_found',
  ] as const)('with %s ends the created call as microphone_denied', async (code) => {
    const world = new SdkWorld();
    world.microphone.delay = 20;
    world.microphone.refusal = new CallError(code);
    const error = await failure(world.call.start());
    expect(error).toMatchObject({ code, fault: 'user' });
    expect(world.call.state).toMatchObject({ status: 'failed', callId: 'call_1', error });
    await world.call.end();
    expect(world.server.calls[0]?.endReason).toBe('microphone_denied');
    expect(world.leftovers()).toEqual([]);
  });

  it('before the grant has come ends that call, too, when it comes', async () => {
    const world = new SdkWorld();
    world.server.delay = 30;
    world.microphone.refusal = new CallError('microphone_denied');
    await failure(world.call.start());
    expect(world.server.calls).toHaveLength(0);
    await world.call.end();
    expect(world.server.calls[0]?.endReason).toBe('microphone_denied');
    expect(world.ended).toMatchObject([{ callId: null, endReason: 'microphone_denied' }]);
  });

  it('tells the refusal of the server in its own words', async () => {
    const world = new SdkWorld();
    world.server.refusal = {
      statusCode: 409,
      code: 'capacity_reached',
      message: 'All 5 lines are busy.',
      retryAfter: '30',
    };
    const error = await failure(world.call.start());
    expect(error).toMatchObject({
      code: 'capacity_reached',
      message: 'All 5 lines are busy.',
      retryable: true,
      retryAfterMs: 30_000,
    });
    expect(world.call.state).toMatchObject({ status: 'failed', endReason: 'system_at_capacity' });
    expect(world.leftovers()).toEqual([]);
    expect(world.errors).toEqual([error]);
  });

  it('when the server cannot be reached', async () => {
    const world = new SdkWorld();
    world.server.unreachable = true;
    expect(await failure(world.call.start())).toMatchObject({
      code: 'network_unreachable',
      fault: 'network',
    });
    expect(world.leftovers()).toEqual([]);
  });

  it('when the media code cannot be loaded', async () => {
    const world = new SdkWorld();
    world.mediaFailure = new CallError('media_code_failed');
    expect((await failure(world.call.start())).code).toBe('media_code_failed');
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('when the browser cannot do WebRTC', async () => {
    const world = new SdkWorld();
    world.media.supported = false;
    expect((await failure(world.call.start())).code).toBe('unsupported_browser');
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('when no connection can be made', async () => {
    const world = new SdkWorld();
    world.media.failures.push(connectFailure('unreachable'));
    expect((await failure(world.call.start())).code).toBe('connection_failed');
    await world.call.end();
    expect(world.server.calls[0]?.endReason).toBe('network_failure');
    expect(world.leftovers()).toEqual([]);
  });

  it('with grant_expired when the grant is refused while it is young', async () => {
    const world = new SdkWorld();
    world.media.failures.push(connectFailure('refused'));
    expect((await failure(world.call.start())).code).toBe('grant_expired');
    expect(world.server.calls).toHaveLength(1);
    await world.call.end();
  });
});

describe('a grant that grew old while the visitor thought about the microphone', () => {
  it('is renewed once', async () => {
    vi.useFakeTimers();
    const world = new SdkWorld();
    let allow: () => void = () => {};
    world.microphone.answer = new Promise((resolve) => {
      allow = resolve;
    });
    world.media.failures.push(connectFailure('refused'));
    const started = world.call.start();
    await vi.advanceTimersByTimeAsync(60_000);
    allow();
    await started;
    expect(world.call.callId).toBe('call_2');
    world.server.end('caller_never_joined', world.server.calls[0]);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });
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
    await vi.advanceTimersByTimeAsync(19_000);
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

describe('during a call', () => {
  it('mutes and unmutes the track and the session', async () => {
    const world = new SdkWorld();
    const muted: boolean[] = [];
    world.call.on('muted', (event) => muted.push(event.muted));
    await world.answered();
    await world.call.mute();
    await world.call.mute();
    expect(world.microphone.opened[0]?.enabled).toBe(false);
    expect(world.media.last.muted).toBe(true);
    expect(world.call.state).toMatchObject({ muted: true });
    await world.call.unmute();
    expect(world.microphone.opened[0]?.enabled).toBe(true);
    expect(muted).toEqual([true, false]);
    await world.call.end();
  });

  it('muted while it starts never sends sound', async () => {
    const world = new SdkWorld();
    world.microphone.delay = 10;
    const started = world.call.start();
    await ticks(2);
    await world.call.mute();
    await started;
    expect(world.microphone.opened[0]?.enabled).toBe(false);
    expect(world.media.last.muted).toBe(true);
    await world.call.end();
  });

  it('switches the microphone and lets the old one go', async () => {
    const world = new SdkWorld();
    const causes: string[] = [];
    world.call.on('deviceChange', ({ cause, microphones }) => {
      causes.push(`${cause} ${microphones.length}`);
    });
    await world.answered();
    await world.call.setMicrophone('headset');
    expect(world.microphone.asked.at(-1)).toMatchObject({
      audio: { deviceId: 'headset' },
      exact: true,
    });
    expect(world.microphone.live.map((track) => track.label)).toEqual(['headset']);
    expect(world.media.last.microphone).toBe(world.microphone.opened[1]);
    expect(causes).toEqual(['microphone_changed 1']);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('goes on with another microphone when one is unplugged', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.microphone.opened[0]?.unplug();
    await vi.waitFor(() => {
      expect(world.media.last.microphone).toBe(world.microphone.opened[1]);
    });
    expect(world.call.state.status).toBe('active');
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('goes on in silence, and says so, when the only microphone is unplugged', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.microphone.refusal = new CallError('microphone_not_found');
    world.microphone.opened[0]?.unplug();
    await vi.waitFor(() => {
      expect(world.errors.map((error) => error.code)).toEqual(['microphone_lost']);
    });
    expect(world.call.state.status).toBe('active');
    await world.call.end();
  });

  it('writes to the agent, and needs an active call for it', async () => {
    const world = new SdkWorld();
    expect((await failure(world.call.sendText('too early'))).code).toBe('not_active');
    await world.answered();
    await world.call.sendText('  hello  ');
    expect(world.media.last.sent).toEqual(['hello']);
    expect(world.call.transcript).toMatchObject([{ role: 'user', text: 'hello', via: 'text' }]);
    await world.call.end();
    expect((await failure(world.call.mute())).code).toBe('not_active');
  });

  it('tells when the browser blocks sound, and when it no longer does', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.media.last.listener.playbackBlocked(true);
    expect(world.call.audioBlocked).toBe(true);
    await world.call.resumeAudio();
    expect(world.call.audioBlocked).toBe(false);
    await world.call.end();
  });

  it('keeps volume and speaker for the session to come', async () => {
    const world = new SdkWorld();
    world.call.setVolume(0.25);
    await world.call.setSpeaker('speaker-1');
    await world.call.start();
    expect(world.media.last).toMatchObject({ volume: 0.25, speaker: 'speaker-1' });
    expect(() => world.call.setVolume(2)).toThrow(/0 to 1/);
    await world.call.end();
  });

  it('is not disturbed by a listener that throws', async () => {
    const world = new SdkWorld();
    const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
    world.call.on('stateChange', () => {
      throw new Error('a fault of the page');
    });
    await world.answered();
    expect(world.call.state.status).toBe('active');
    await world.call.end();
    expect(reported).toHaveBeenCalled();
    reported.mockRestore();
  });
});

describe('warmUp()', () => {
  it('loads code and connects ahead, and calls nobody', async () => {
    const world = new SdkWorld();
    await world.call.warmUp();
    expect(world.page.preconnected).toEqual(['https://calls.example']);
    expect(world.server.requests).toEqual([]);
    expect(world.microphone.asked).toEqual([]);
    expect(world.call.state.status).toBe('idle');
  });

  it('never rejects', async () => {
    const world = new SdkWorld();
    world.mediaFailure = new Error('offline');
    await expect(world.call.warmUp()).resolves.toBeUndefined();
  });
});

describe('listeners', () => {
  it('are removed by off() and by what on() returned, and once() hears once', async () => {
    const world = new SdkWorld();
    const heard: string[] = [];
    const byOff = () => heard.push('off');
    world.call.on('stateChange', byOff);
    const stop = world.call.on('stateChange', () => heard.push('stop'));
    world.call.once('stateChange', () => heard.push('once'));
    world.call.off('stateChange', byOff);
    stop();
    await world.call.start();
    await world.call.end();
    expect(heard).toEqual(['once']);
  });
});
