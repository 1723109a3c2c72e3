/** Microphone, speaker and loudness of a call, before it and during it. */
import { CallError } from './error/call-error.js';
import type { AudioDevices, DeviceChangeCause } from './events.js';
import type { MicrophonePort } from './microphone/microphone-port.js';
import type { CallRun } from './run/call-run.js';
import type { CallSettings } from './run/call-settings.js';
import type { CallSink } from './run/call-sink.js';

/** What is set before a call holds for the next one. */
export class CallDevices {
  readonly #port: MicrophonePort;
  readonly #settings: CallSettings;
  readonly #run: () => CallRun | null;
  readonly #sink: CallSink;

  constructor(
    port: MicrophonePort,
    settings: CallSettings,
    run: () => CallRun | null,
    sink: CallSink,
  ) {
    this.#port = port;
    this.#settings = settings;
    this.#run = run;
    this.#sink = sink;
  }

  async list(): Promise<AudioDevices> {
    const all = await this.#port.devices();
    return {
      microphones: all.filter((device) => device.kind === 'audioinput'),
      speakers: all.filter((device) => device.kind === 'audiooutput'),
    };
  }

  /** Tells listeners what is plugged in now. */
  async announce(cause: DeviceChangeCause): Promise<void> {
    this.#sink.emit('deviceChange', { ...(await this.list()), cause });
  }

  /** Tells listeners whenever something is plugged in or out; returns how to stop that. */
  watch(): () => void {
    return this.#port.onChange(() => void this.announce('devices_changed'));
  }

  async setMuted(muted: boolean): Promise<void> {
    const run = this.#activeRun(muted ? 'mute' : 'unmute');
    if (muted === this.#settings.muted) return;
    const session = run.liveSession;
    if (!muted && session && !run.microphone.track) await this.#openMicrophone(run, null);
    const { track } = run.microphone;
    if (track) track.enabled = !muted;
    await session?.setMuted(muted);
    this.#settings.muted = muted;
    this.#sink.dispatch({ type: 'mutedChanged', muted });
    this.#sink.emit('muted', { muted });
  }

  async setMicrophone(deviceId: string): Promise<void> {
    const run = this.#run();
    if (!run?.liveSession) return;
    await this.#openMicrophone(run, deviceId);
    await this.announce('microphone_changed');
  }

  async setSpeaker(deviceId: string): Promise<void> {
    const page = globalThis as { HTMLMediaElement?: { prototype: object } };
    if (page.HTMLMediaElement && !('setSinkId' in page.HTMLMediaElement.prototype)) {
      throw new CallError('speaker_unsupported');
    }
    this.#settings.speakerId = deviceId;
    try {
      await this.#run()?.liveSession?.setSpeaker(deviceId);
    } catch (cause) {
      throw new CallError('speaker_unsupported', { cause });
    }
    await this.announce('speaker_changed');
  }

  setVolume(volume: number): void {
    if (!(volume >= 0 && volume <= 1)) {
      throw CallError.invalidOptions('Give setVolume() a number from 0 to 1.');
    }
    this.#settings.volume = volume;
    this.#run()?.liveSession?.setVolume(volume);
  }

  /** It was unplugged: the call goes on with another one if there is one. */
  async microphoneLost(): Promise<void> {
    const run = this.#run();
    if (!run || run.closing) return;
    await this.announce('microphone_lost');
    try {
      await this.#openMicrophone(run, null);
      await this.announce('microphone_changed');
    } catch (cause) {
      if (!run.closing) this.#sink.emit('error', new CallError('microphone_lost', { cause }));
    }
  }

  async #openMicrophone(run: CallRun, deviceId: string | null): Promise<void> {
    await run.microphone.replace(deviceId, async (track) => {
      await run.liveSession?.setMicrophone(track, this.#settings.muted);
    });
    run.meterMicrophone();
  }

  #activeRun(method: string): CallRun {
    const run = this.#run();
    if (!run || run.closing) throw CallError.notActive(method);
    return run;
  }
}
