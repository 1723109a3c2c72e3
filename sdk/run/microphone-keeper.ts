/** Holds a call's microphone: opens it, switches it, replaces it when it is unplugged, lets it go. */
import { CallError } from '../error/call-error.js';
import type { MicrophonePort } from '../microphone/microphone-port.js';
import type { AudioOptions } from '../options.js';

/** A track given by the page is used, never stopped. */
export class MicrophoneKeeper {
  readonly #port: MicrophonePort;
  readonly #audio: AudioOptions;
  readonly #lost: () => void;
  #track: MediaStreamTrack | null = null;
  #owned = false;
  #released = false;

  constructor(port: MicrophonePort, audio: AudioOptions, lost: () => void) {
    this.#port = port;
    this.#audio = audio;
    this.#lost = lost;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  /** What `start({ microphone })` was given. */
  async open(wanted: boolean | MediaStreamTrack): Promise<MediaStreamTrack | null> {
    if (wanted === false) return null;
    if (wanted !== true) return this.#hold(wanted, false);
    return this.#hold(await this.#port.open(this.#audio, false), true);
  }

  /** Opens another one and lets the present one go once `use` has taken the new one. */
  async replace(
    deviceId: string | null,
    use: (track: MediaStreamTrack) => Promise<void>,
  ): Promise<void> {
    const { deviceId: _, ...audio } = this.#audio;
    const wanted = deviceId === null ? audio : { ...audio, deviceId };
    const fresh = await this.#port.open(wanted, deviceId !== null);
    const old = this.#track;
    const oldOwned = this.#owned;
    this.#hold(fresh, true);
    await use(fresh);
    this.#drop(old, oldOwned);
  }

  release(): void {
    this.#released = true;
    this.#drop(this.#track, this.#owned);
    this.#track = null;
  }

  #hold(track: MediaStreamTrack, owned: boolean): MediaStreamTrack {
    if (this.#released) {
      if (owned) track.stop();
      throw CallError.aborted();
    }
    this.#track?.removeEventListener('ended', this.#lost);
    this.#track = track;
    this.#owned = owned;
    track.addEventListener('ended', this.#lost);
    return track;
  }

  #drop(track: MediaStreamTrack | null, owned: boolean): void {
    track?.removeEventListener('ended', this.#lost);
    if (owned) track?.stop();
  }
}
