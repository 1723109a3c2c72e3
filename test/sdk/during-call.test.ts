/** What a page may do before, during and around a call: microphone, sound, text, listeners. */
import { describe, expect, it, vi } from 'vitest';
import { CallError, TEXT_FAULTS } from '../../sdk/index.js';
import { FakeAudioContext } from '../fakes/fake-audio-context.js';
import { failure } from '../support/failure.js';
import { SdkWorld } from '../support/sdk-world.js';
import { ticks } from '../support/ticks.js';

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
    const inUse = { microphoneId: 'headset', speakerId: null };
    expect(await world.call.devices()).toMatchObject(inUse);
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

  it('keeps what is written for an agent that is not there yet', async () => {
    const world = new SdkWorld();
    await world.call.start();
    let taken = false;
    const sent = world.call.sendText('hello').then(() => (taken = true));
    await ticks(20);
    expect([taken, world.media.last.sent, world.call.transcript]).toEqual([false, [], []]);
    world.media.last.listener.agentChanged('listening');
    await sent;
    expect(world.media.last.sent).toEqual(['hello']);
    expect(world.call.transcript).toMatchObject([{ text: 'hello', via: 'text' }]);
    await world.call.end();
  });

  it('hands what is written to an agent on its way in, which then does not greet on top', async () => {
    const world = new SdkWorld();
    await world.call.start();
    world.media.last.takesEarlyTexts = true;
    const sent = world.call.sendText('hello');
    await ticks(20);
    expect(world.media.last.sent).toEqual([]);
    world.media.last.listener.agentChanged('initializing');
    await sent;
    expect(world.media.last.sent).toEqual(['hello']);
    expect(world.call.state.status).toBe('starting');
    await world.call.end();
  });

  it('keeps what is written while the connection is lost or the agent is being replaced', async () => {
    const world = new SdkWorld();
    await world.answered();
    const { listener, sent } = world.media.last;
    listener.reconnecting();
    const first = world.call.sendText('one');
    listener.agentChanged(null);
    listener.reconnected();
    await ticks(20);
    expect(sent).toEqual([]);
    listener.agentChanged('listening');
    await first;
    expect(sent).toEqual(['one']);
    await world.call.end();
  });

  it('sends what is written in its order, whichever would be there first', async () => {
    const world = new SdkWorld();
    await world.answered();
    const { last } = world.media;
    const arrived: string[] = [];
    last.sendText = async (text) => (await ticks(text === 'one' ? 20 : 1), arrived.push(text) > 0);
    last.sendDigits = async (digits) => void arrived.push(digits);
    const lost = failure(world.call.sendContext('a cart'));
    last.ask = () => Promise.reject(new Error('the connection broke'));
    const all = [
      world.call.sendText('one'),
      world.call.sendDigits('12#'),
      world.call.sendText('two'),
    ];
    await Promise.all(all);
    expect((await lost).code).toBe('text_not_sent');
    expect(arrived).toEqual(['one', '12#', 'two']);
    expect(world.call.transcript.map(({ text }) => text)).toEqual(['one', 'pressed 1 2 #', 'two']);
    last.sendText = () => new Promise(() => {});
    const held = [failure(world.call.sendText('three')), failure(world.call.sendText('four'))];
    const over = world.call.end();
    await world.answered();
    await over;
    for (const error of await Promise.all(held)) {
      expect(error).toMatchObject({ code: 'text_not_sent', reason: 'call_over' });
    }
    expect([world.media.last.sent, world.call.transcript]).toEqual([[], []]);
    await world.call.end();
  });

  it('says that a text was not taken when the call ends first', async () => {
    const world = new SdkWorld();
    await world.call.start();
    const early = failure(world.call.sendText('hello'));
    await world.call.end();
    expect(await early).toMatchObject({ code: 'text_not_sent', reason: 'call_over' });
    await world.answered();
    world.media.last.sendText = () => new Promise(() => {});
    const late = failure(world.call.sendText('hello'));
    world.media.last.drop('room_closed');
    expect(await late).toMatchObject({ code: 'text_not_sent', reason: 'call_over' });
    expect(world.call.transcript).toEqual([]);
  });

  it('says why the agent did not take a text, and shows it as not said', async () => {
    const world = new SdkWorld();
    await world.answered();
    expect(await failure(world.call.sendText('x'.repeat(2001)))).toMatchObject({
      code: 'text_not_sent',
      reason: 'too_long',
    });
    const refused = { name: 'TextRefusedError', reason: 'too_fast' };
    world.media.last.textFailure = Object.assign(new Error('refused'), refused);
    const error = await failure(world.call.sendText('hello'));
    expect(error).toMatchObject({ code: 'text_not_sent', reason: 'too_fast' });
    expect(error.message).toBe(TEXT_FAULTS.too_fast.message);
    expect(error.remedy).toBe(TEXT_FAULTS.too_fast.remedy);
    world.media.last.textFailure = new Error('the connection broke');
    expect(await failure(world.call.sendText('hello'))).toMatchObject({
      code: 'text_not_sent',
      reason: null,
    });
    expect([world.media.last.sent, world.call.transcript]).toEqual([[], []]);
    await world.call.end();
  });

  it('tells the agent that the caller types, once in three seconds', async () => {
    const clock = vi.spyOn(performance, 'now');
    const world = new SdkWorld();
    world.call.typing();
    await world.answered();
    for (const ms of [10_000, 10_330, 12_900, 13_000, 13_500, 16_000]) {
      clock.mockReturnValueOnce(ms);
      world.call.typing();
    }
    expect(world.media.last.typings).toBe(3);
    clock.mockRestore();
    await world.call.end();
    world.call.typing();
    expect(world.media.last.typings).toBe(3);
  });

  it('gives words ids that no other call on the page has', async () => {
    const ids: string[] = [];
    for (const world of [new SdkWorld(), new SdkWorld()]) {
      world.call.on('transcript', ({ id }) => ids.push(id));
      for (const said of ['once', 'again']) {
        await world.answered();
        await world.call.sendText(said);
        const piece = { segmentId: 'S1', role: 'agent', text: said, final: true } as const;
        world.media.last.listener.transcript(piece);
        await world.call.end();
      }
    }
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
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

  it('begins and ends without blocked sound, whatever the call before met', async () => {
    const world = new SdkWorld();
    const told: boolean[] = [];
    world.call.on('audioBlocked', ({ blocked }) => told.push(blocked));
    await world.answered();
    world.media.last.listener.playbackBlocked(true);
    await world.call.end();
    expect(world.call.audioBlocked).toBe(false);
    await world.answered();
    expect(world.call.audioBlocked).toBe(false);
    expect(told).toEqual([true, false]);
    await world.call.end();
  });

  it('goes on when its loudness cannot be measured', async () => {
    const world = new SdkWorld();
    const reported = vi.spyOn(FakeAudioContext.prototype, 'createMediaStreamSource');
    reported.mockImplementation(() => {
      throw new DOMException('no such stream', 'InvalidStateError');
    });
    await world.answered();
    reported.mockRestore();
    expect(world.call.state.status).toBe('active');
    await world.call.end();
  });

  it('goes on when the browser does not tell its devices', async () => {
    const world = new SdkWorld();
    await world.answered();
    world.microphone.devices = () => Promise.reject(new DOMException('', 'InvalidStateError'));
    for (const plugged of world.microphone.listeners) plugged();
    await world.call.setMicrophone('headset');
    expect((await failure(world.call.devices())).code).toBe('microphone_failed');
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
    const onceByOff = () => heard.push('once off');
    world.call.once('stateChange', onceByOff);
    world.call.off('stateChange', onceByOff);
    world.call.off('stateChange', byOff);
    stop();
    await world.call.start();
    await world.call.end();
    expect(heard).toEqual(['once']);
  });
});
