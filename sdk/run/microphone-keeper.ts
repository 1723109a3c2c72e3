/** Owns the microphone track of a call: opens it, replaces it, notices its loss, and stops it. */
import { CallError } from '../error/call-error.js';
import type { MicrophonePort } from '../microphone/microphone-port.js';
import type { AudioOptions } from '../options.js';

/** The track of one call. A track that the page passed in is used and never stopped; its end is left to the page. */
export class MicrophoneKeeper {
  readonly #port: MicrophonePort;
  readonly #lost: () => void;
  /** Tracks that were opened here and are not stopped yet. */
  readonly #owned = new Set<MediaStreamTrack>();
  #audio: AudioOptions;
  #track: MediaStreamTrack | null = null;
  #released = false;

  constructor(port: MicrophonePort, audio: AudioOptions, lost: () => void) {
    this.#port = port;
    this.#audio = audio;
    this.#lost = lost;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get released(): boolean {
    return this.#released;
  }

  /** Opens the microphone that `start({ microphone })` asks for. */
  async open(wanted: boolean | MediaStreamTrack): Promise<MediaStreamTrack | null> {
    if (wanted === false) return null;
    this.#hold(wanted === true ? await this.#openOwn(this.#audio, false) : wanted);
    return this.#track;
  }

  /** The microphone to open when one is needed. */
  prefer(deviceId: string): void {
    this.#audio = { ...this.#audio, deviceId };
  }

  /** Opens another microphone; stops the present one once `use` has taken the new one. */
  async replace(
    deviceId: string | null,
    use: (track: MediaStreamTrack) => Promise<void>,
  ): Promise<void> {
    const audio = deviceId === null ? this.#audio : { ...this.#audio, deviceId };
    const fresh = await this.#openOwn(audio, deviceId !== null);
    try {
      await use(fresh);
    } catch (cause) {
      this.#stop(fresh);
      throw cause instanceof CallError ? cause : new CallError('microphone_failed', { cause });
    }
    this.#assertOpen();
    const old = this.#track;
    this.#hold(fresh);
    this.#stop(old);
    this.#audio = audio;
  }

  /** Enables or disables all tracks, also one that is just being opened. */
  enable(enabled: boolean): void {
    for (const track of this.#owned) track.enabled = enabled;
    if (this.#track) this.#track.enabled = enabled;
  }

  release(): void {
    this.#released = true;
    for (const track of [...this.#owned]) this.#stop(track);
    this.#track = null;
  }

  async #openOwn(audio: AudioOptions, exact: boolean): Promise<MediaStreamTrack> {
    this.#assertOpen();
    const track = await this.#port.open(audio, exact);
    this.#owned.add(track);
    if (this.#released) this.#stop(track);
    this.#assertOpen();
    if (track.readyState === 'ended') {
      this.#stop(track);
      throw new CallError('microphone_failed', { message: 'The microphone ended at once.' });
    }
    return track;
  }

  #hold(track: MediaStreamTrack): void {
    this.#track = track;
    if (!this.#owned.has(track)) return;
    track.addEventListener('ended', this.#ended);
    // It may have ended while it was being taken into use, when nobody listened.
    if (track.readyState === 'ended') setTimeout(() => this.#track === track && this.#ended());
  }

  readonly #ended = (): void => {
    this.#stop(this.#track);
    this.#track = null;
    const { deviceId: _, ...audio } = this.#audio;
    this.#audio = audio;
    this.#lost();
  };

  #stop(track: MediaStreamTrack | null): void {
    if (!track || !this.#owned.delete(track)) return;
    track.removeEventListener('ended', this.#ended);
    track.stop();
  }

  #assertOpen(): void {
    if (this.#released) throw CallError.aborted();
  }
}
