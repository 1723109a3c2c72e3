// Smoothed loudness of a track from the audio levels in its packets, computed as in livekit-server.

const ACTIVE_LEVEL = 35;
const WINDOW_MS = 400;
const MIN_ACTIVE_MS = 160;
const SMOOTH_FACTOR = 2 / 3;
const SILENCE = 127;
const CLOCK_PER_MS = 48;

/**
 * Works in windows of 400 ms of RTP time: a packet after a pause stands for the whole pause, so that short beeps and
 * words of a sender that pauses count as loud.
 */
export class AudioLevel {
  #time: number | undefined;
  #loudest = SILENCE;
  #active = 0;
  #observed = 0;
  #smoothed = 0;
  #lastAt = 0;

  /** Notes the level of a packet in −dBov (0 loudest, 127 silent), and its RTP time. */
  observe(level: number, time: number): void {
    const passed = (time - (this.#time ?? time)) >>> 0;
    if (passed >= 0x80000000) return;
    this.#time = time;
    this.#lastAt = performance.now();
    this.#observed += passed / CLOCK_PER_MS;
    if (level <= ACTIVE_LEVEL) {
      this.#active += passed / CLOCK_PER_MS;
      this.#loudest = Math.min(this.#loudest, level);
    }
    if (this.#observed < WINDOW_MS) return;
    // The smaller the share of the window with sound, the quieter.
    const quieter = 20 * Math.log10(this.#active / WINDOW_MS);
    const linear = 10 ** (-(this.#loudest - quieter) / 20);
    this.#reset(
      this.#active < MIN_ACTIVE_MS ? 0 : this.#smoothed + (linear - this.#smoothed) * SMOOTH_FACTOR,
    );
  }

  /** The loudness, linear from 0 (silence, also after two windows without a packet) to 1. */
  read(): number {
    if (performance.now() - this.#lastAt >= 2 * WINDOW_MS) this.#reset(0);
    return this.#smoothed >= 10 ** (-ACTIVE_LEVEL / 20) ? Math.min(1, this.#smoothed) : 0;
  }

  #reset(smoothed: number): void {
    this.#smoothed = smoothed;
    this.#loudest = SILENCE;
    this.#active = 0;
    this.#observed = 0;
  }
}
