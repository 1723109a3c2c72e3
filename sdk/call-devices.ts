/** The microphone, speaker and volume of a call, to be set before it or during it. */
import { checkString } from './check-arguments.js';
import { checkVolume } from './check-options.js';
import { CallError } from './error/call-error.js';
import type { AudioDevices, DeviceChangeCause } from './events.js';
import type { MicrophonePort } from './microphone/microphone-port.js';
import type { CallRun } from './run/call-run.js';
import type { CallSettings } from './run/call-settings.js';
import type { CallSink } from './run/call-sink.js';

/** The devices of a `DialNexaWebCall`. What is set before a call is used by the next one. */
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
    try {
      const all = await this.#port.devices();
      return {
        microphones: all.filter((device) => device.kind === 'audioinput'),
        speakers: all.filter((device) => device.kind === 'audiooutput'),
        microphoneId: this.#run()?.microphone.track?.getSettings().deviceId ?? null,
        speakerId: this.#settings.speakerId,
      };
    } catch (cause) {
      const message = 'The browser does not tell which audio devices there are.';
      throw new CallError('microphone_failed', { message, cause });
    }
  }

  /** Emits `deviceChange` with the present devices; does nothing when the browser does not list them. */
  async announce(cause: DeviceChangeCause): Promise<void> {
    const devices = await this.list().catch(() => null);
    if (devices) this.#sink.emit('deviceChange', { ...devices, cause });
  }

  async setMuted(muted: boolean): Promise<void> {
    const run = this.#openRun();
    if (!run) throw CallError.notActive(muted ? 'mute' : 'unmute');
    if (!muted && run.isTyped) {
      throw CallError.invalidOptions(
        'This call is typed only: unmute() needs one that was started without textOnly.',
      );
    }
    await run.microphone.setMuted(muted);
  }

  /** `choose`: notes it for later calls. */
  async setMicrophone(deviceId: string, choose: () => void): Promise<void> {
    checkString('setMicrophone', 'a deviceId', deviceId);
    choose();
    const run = this.#openRun();
    if (!run) return;
    await run.microphone.switchTo(deviceId);
    await this.announce('microphone_changed');
  }

  async setSpeaker(deviceId: string): Promise<void> {
    checkString('setSpeaker', 'a deviceId', deviceId);
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
    this.#settings.volume = checkVolume('setVolume()', volume);
    this.#run()?.liveSession?.setVolume(volume);
  }

  #openRun(): CallRun | null {
    const run = this.#run();
    return run && !run.closing ? run : null;
  }
}
