/** A call from the first click until it is up, or until its start has failed, as a page sees it. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallError } from '../../sdk/index.js';
import { connectFailure } from '../fakes/fake-media.js';
import { FakeTrack } from '../fakes/fake-track.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

afterEach(() => {
  vi.useRealTimers();
});

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

  it('joins while an allowed microphone opens, and publishes it then', async () => {
    const world = new SdkWorld();
    world.microphone.allowed = true;
    let open = (): void => {};
    world.microphone.answer = new Promise((resolve) => (open = resolve));
    const started = world.call.start();
    await ticks(40);
    const session = world.media.last;
    expect(session.joined).toBe(true);
    expect(session.microphone).toBeNull();
    await world.call.mute();
    open();
    await started;
    expect(session.microphone).toBe(world.microphone.live[0]?.asTrack());
    expect(session.muted).toBe(true);
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('asks for no agent while the visitor may yet refuse the microphone', async () => {
    const world = new SdkWorld();
    let answer = (): void => {};
    world.microphone.answer = new Promise((resolve) => (answer = resolve));
    const started = world.call.start();
    await ticks(40);
    expect(world.media.sessions).toHaveLength(0);
    answer();
    await started;
    expect(world.media.sessions).toHaveLength(1);
    await world.call.end();
  });

  it('fails and leaves the room when an allowed microphone does not open', async () => {
    const world = new SdkWorld();
    world.microphone.allowed = true;
    let answer = (): void => {};
    world.microphone.answer = new Promise((resolve) => (answer = resolve));
    const failed = failure(world.call.start());
    await ticks(40);
    world.microphone.refusal = new CallError('microphone_in_use');
    answer();
    expect(await failed).toMatchObject({ code: 'microphone_in_use' });
    await world.call.end();
    expect(world.media.last.left).toBe(true);
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
        time_zone: 'Europe/London',
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
    // Once it is known that this browser makes no other call.
    await ticks(4);
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

  it('where the page can have no microphone asks the server for nothing, unless none is wanted', async () => {
    const world = new SdkWorld();
    world.microphone.missing = new CallError('insecure_context');
    expect(await failure(world.call.start())).toMatchObject({ code: 'insecure_context' });
    expect(world.ended).toMatchObject([{ callId: null, endReason: 'microphone_denied' }]);
    expect(world.server.requests).toEqual([]);
    expect(world.microphone.asked).toEqual([]);
    expect(world.leftovers()).toEqual([]);
    await world.call.start({ microphone: false });
    expect(world.server.requests).not.toEqual([]);
    await world.call.end();
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
