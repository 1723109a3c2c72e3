/**
 * The microphone of a call, as the caller uses it: mute, unmute, switch, and recover a lost one. Changes run one after
 * the other.
 */
import { CallError } from '../error/call-error.js';
import type { DeviceChangeCause } from '../events.js';
import type { MediaSession, OpenMicrophone } from '../media/media-port.js';
import type { MicrophonePort } from '../microphone/microphone-port.js';
import type { AudioOptions } from '../options.js';
import type { CallSettings } from './call-settings.js';
import type { CallSink } from './call-sink.js';
import { MicrophoneKeeper } from './microphone-keeper.js';

/** One that was opened again and is lost sooner would be lost time and again: then the caller has to choose. */
const HOLDS_MS = 2000;

/** What a call wants to know of its microphone. */
export interface MicrophoneListener {
  sink: CallSink;
  announce(cause: DeviceChangeCause): Promise<void>;
  /** Another track is in use. */
  trackChanged(): void;
}

/**
 * The microphone of one call. Muting acts at once; every change that could send sound waits for the earlier ones, and
 * then checks that it is still wanted.
 */
export class CallMicrophone {
  readonly #settings: CallSettings;
  readonly #listener: MicrophoneListener;
  readonly #keeper: MicrophoneKeeper;
  #session: MediaSession | null = null;
  /** The changes in progress: each waits for the first microphone and for the changes before it. */
  #queue: Promise<unknown>;
  #begin: (first?: Promise<void>) => void = () => {};
  #wantsSound = false;
  #missing = false;
  #openedAgainAt = -Infinity;

  constructor(
    port: MicrophonePort,
    audio: AudioOptions,
    settings: CallSettings,
    listener: MicrophoneListener,
  ) {
    this.#settings = settings;
    this.#listener = listener;
    this.#keeper = new MicrophoneKeeper(port, audio, () => void this.#lost());
    this.#queue = new Promise<void>((resolve) => {
      this.#begin = resolve;
    });
  }

  get track(): MediaStreamTrack | null {
    return this.#keeper.track;
  }

  /** As it is to be published, muted or not by what the caller wants when that is asked. */
  get current(): OpenMicrophone | null {
    const { track } = this;
    const settings = this.#settings;
    return (
      track && {
        track,
        get muted() {
          return settings.muted;
        },
      }
    );
  }

  /** Opens the microphone that `start({ microphone })` asks for. */
  open(wanted: boolean | MediaStreamTrack): Promise<void> {
    const opened = this.#keeper.open(wanted).then(() => {
      this.#keeper.enable(!this.#settings.muted);
      this.#listener.trackChanged();
    });
    this.#begin(opened.catch(ignore));
    return opened;
  }

  /**
   * Media is up with what was `published`. Brings the session up to date with what has changed since it began to
   * connect.
   */
  joined(session: MediaSession, published: OpenMicrophone | null): void {
    this.#session = session;
    this.#serially(async () => {
      const { track } = this.#keeper;
      if (!track) return;
      if (track !== published?.track) await session.setMicrophone(track, this.#settings.muted);
      await this.#tell(this.#settings.muted);
    }).catch((cause: unknown) => this.#failed('microphone_failed', cause));
  }

  async setMuted(muted: boolean): Promise<void> {
    this.#wantsSound = !muted;
    if (!muted) return this.#serially(() => this.#unmute());
    this.#become(true);
    await this.#tell(true);
  }

  /** Uses the microphone with this id from now on. */
  switchTo(deviceId: string): Promise<void> {
    return this.#serially(async () => {
      // The call has no microphone yet: the choice is kept, and the microphone is not opened.
      if (!this.#keeper.track && !this.#missing) this.#keeper.prefer(deviceId);
      else await this.#use(deviceId);
    });
  }

  /** Devices were added or removed: opens a microphone again when the call has lost its own. */
  async devicesChanged(): Promise<void> {
    if (!this.#missing) return;
    await this.#serially(async () => {
      if (!this.#missing) return;
      await this.#use(null);
      await this.#listener.announce('microphone_changed');
    }).catch(ignore);
  }

  release(): void {
    this.#session = null;
    this.#keeper.release();
    this.#begin();
  }

  async #unmute(): Promise<void> {
    if (!this.#wantsSound) return;
    if (!this.#keeper.track) await this.#use(null);
    if (!this.#wantsSound || !this.#settings.muted) return;
    try {
      await this.#tell(false);
    } finally {
      this.#keeper.enable(!this.#settings.muted);
    }
    if (this.#wantsSound) this.#become(false);
  }

  async #lost(): Promise<void> {
    this.#missing = true;
    this.#listener.trackChanged();
    await this.#listener.announce('microphone_lost');
    await this.#serially(async () => {
      if (!this.#missing) return;
      const now = performance.now();
      if (now - this.#openedAgainAt < HOLDS_MS) throw new CallError('microphone_failed');
      this.#openedAgainAt = now;
      await this.#use(null);
      await this.#listener.announce('microphone_changed');
    }).catch((cause: unknown) => this.#failed('microphone_lost', cause));
  }

  async #use(deviceId: string | null): Promise<void> {
    let { muted } = this.#settings;
    await this.#keeper.replace(deviceId, async (track) => {
      muted = this.#settings.muted;
      track.enabled = !muted;
      await this.#session?.setMicrophone(track, muted);
    });
    this.#missing = false;
    this.#keeper.enable(!this.#settings.muted);
    this.#listener.trackChanged();
    if (this.#settings.muted !== muted) await this.#tell(this.#settings.muted);
  }

  async #tell(muted: boolean): Promise<void> {
    try {
      await this.#session?.setMuted(muted);
    } catch (cause) {
      const message = `The microphone could not be ${muted ? 'muted' : 'unmuted'}.`;
      throw new CallError('microphone_failed', { message, cause });
    }
  }

  #become(muted: boolean): void {
    this.#keeper.enable(!muted);
    if (this.#settings.muted === muted) return;
    this.#settings.muted = muted;
    this.#listener.sink.dispatch({ type: 'mutedChanged', muted });
    this.#listener.sink.emit('muted', { muted });
  }

  #failed(code: 'microphone_failed' | 'microphone_lost', cause: unknown): void {
    if (!this.#keeper.released) this.#listener.sink.emit('error', new CallError(code, { cause }));
  }

  #serially(task: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(task);
    this.#queue = done.catch(ignore);
    return done;
  }
}

function ignore(): void {}
