/** One call at a time in a browser, calls that are typed only, and what a page can tell of a call that went wrong. */
import { describe, expect, it, vi } from 'vitest';
import { CallError } from '../../sdk/index.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';

describe('a start while another call goes on in this browser', () => {
  it('is refused before anything is asked for, and possible again after that call', async () => {
    const world = new SdkWorld();
    const release = await world.page.claimCall(false, () => {});
    expect(await failure(world.call.start())).toMatchObject({
      code: 'call_elsewhere',
      fault: 'user',
      retryable: true,
    });
    expect(world.call.state).toMatchObject({
      status: 'failed',
      callId: null,
      endReason: 'user_busy',
    });
    expect(world.server.requests).toEqual([]);
    expect(world.microphone.asked).toEqual([]);
    release?.();
    await world.answered();
    await world.call.end();
    expect(world.leftovers()).toEqual([]);
  });

  it('ends the other one where the page asks for that, and is ended by the next', async () => {
    const world = new SdkWorld({ otherTabs: 'take_over' });
    let taken = 0;
    await world.page.claimCall(false, () => (taken += 1));
    await world.answered();
    expect(taken).toBe(1);
    await world.page.claimCall(true, () => {});
    await world.call.end();
    expect(world.ended).toMatchObject([{ endReason: 'user_disconnected', error: null }]);
    expect(world.server.calls).toMatchObject([{ endReason: 'user_disconnected' }]);
    expect(world.media.open).toEqual([]);
  });

  it('makes a second call where the page allows it', async () => {
    const world = new SdkWorld({ otherTabs: 'allow' });
    await world.page.claimCall(false, () => {});
    await world.answered();
    expect(world.call.state.status).toBe('active');
    await world.call.end();
  });

  it('is told an odd choice', () => {
    expect(() => new SdkWorld({ otherTabs: 'maybe' } as never)).toThrow(
      'otherTabs must be one of refuse, take_over, allow.',
    );
  });
});

describe('a call that is typed only', () => {
  it('asks for no microphone, makes no AudioContext and plays nothing', async () => {
    const world = new SdkWorld();
    await world.call.start({ textOnly: true });
    world.media.last.listener.agentChanged('listening');
    await world.call.sendText('hello');
    expect(world.media.last.sent).toEqual(['hello']);
    expect(world.media.last.grant?.isSilent).toBe(true);
    // The agent need not speak.
    expect(world.server.requests[0]?.body).toMatchObject({ text_only: true });
    expect(world.call.muted).toBe(true);
    expect(world.microphone.asked).toEqual([]);
    expect(world.contexts).toEqual([]);
    await world.call.end();
    await world.answered();
    expect(world.media.last.grant?.isSilent).toBe(false);
    const made = world.server.requests.filter(({ url }) => url.endsWith('/v1/web-calls'));
    expect(made.map(({ body }) => Object(body).text_only)).toEqual([true, undefined]);
    await world.call.end();
  });
});

describe('unmute() in a call that is typed only', () => {
  it('says that there is no microphone, and opens none', async () => {
    const world = new SdkWorld();
    await world.call.start({ textOnly: true });
    expect(await failure(world.call.unmute())).toMatchObject({
      code: 'invalid_options',
      message: expect.stringContaining('typed only'),
    });
    await world.call.mute();
    await world.call.setMicrophone('headset');
    expect([world.call.muted, world.microphone.asked]).toEqual([true, []]);
    await world.call.end();
  });

  it('works where the call was given a microphone all the same', async () => {
    const world = new SdkWorld();
    await world.call.start({ textOnly: true, microphone: true });
    await world.call.mute();
    await world.call.unmute();
    expect([world.call.muted, world.microphone.opened.length]).toEqual([false, 1]);
    await world.call.end();
  });
});

describe('diagnostics()', () => {
  it('tells the facts of a call, and no key, token, word, name or address', async () => {
    const world = new SdkWorld({
      variables: { visitor_name: 'Ada-Lovelace' },
      metadata: { account: 'secret-account' },
      consent: { text: 'I-agree', accepted_at: '2026-11-29T10:00:00Z' },
      pageUrl: 'https://shop.example/basket-of-ada',
    });
    expect(await world.call.diagnostics()).toMatchObject({ callId: null, status: 'idle' });
    await world.answered();
    world.media.last.listener.transcript({
      segmentId: 's',
      role: 'user',
      text: 'my-own-words',
      final: true,
    });
    await world.call.sendText('typed-words');
    await world.call.setMicrophone('mic-1');
    await world.call.mute();
    world.media.last.drop('connection_lost');
    await world.call.end();
    const told = await world.call.diagnostics();
    expect(told).toMatchObject({
      callId: 'call_1',
      status: 'failed',
      endReason: 'network_failure',
      errors: ['connection_lost'],
      server: 'https://calls.example',
      agent: 'av_1',
      settings: { muted: true, volume: 1, resume: false, otherTabs: 'refuse' },
      devices: { microphones: 1, speakers: 1 },
    });
    expect(told.timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['start', 'grant', 'connected', 'muted', 'end']),
    );
    const secrets =
      /dnx_pk|token|join call|Lovelace|secret-account|I-agree|basket|words|mic-1|speaker-1|media\.example/;
    expect(JSON.stringify(told)).not.toMatch(secrets);
  });

  it('does not wait for a browser that tells nothing', async () => {
    const world = new SdkWorld();
    world.microphone.devices = () => new Promise(() => {});
    const query = (): Promise<never> => new Promise(() => {});
    vi.stubGlobal('navigator', { permissions: { query } });
    try {
      const { devices, browser } = await world.call.diagnostics();
      expect([devices, browser.microphonePermission]).toEqual([null, null]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('names the error and its causes by their codes: a message may hold an address', async () => {
    const world = new SdkWorld();
    const cause = new Error('wss://media.example?access_token=abc', {
      cause: new TypeError('dnx_pk_test'),
    });
    world.mediaFailure = new CallError('media_code_failed', { cause });
    await failure(world.call.start());
    const told = await world.call.diagnostics();
    expect(told.errors).toEqual(['media_code_failed', 'Error', 'TypeError']);
    expect(JSON.stringify(told)).not.toMatch(/access_token|dnx_pk/);
    const code = 'https://calls.example?key=dnx_pk_test';
    world.mediaFailure = Object.assign(new Error('of a script of the page'), { code });
    await failure(world.call.start());
    expect((await world.call.diagnostics()).errors).toEqual(['connection_failed', 'Error']);
  });
});
