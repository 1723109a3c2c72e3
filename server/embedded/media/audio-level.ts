// Turns the levels in a track's packets into a smoothed loudness, as livekit-server reports it.

const ACTIVE_LEVEL = 35;
const SMOOTH_FACTOR = 0.5;
const MIN_ACTIVE_SHARE = 0.4;
const SILENCE = 127;

/** Collects levels between two readings, which come every 400 ms. */
export class AudioLevel {
  #loudest = SILENCE;
  #active = 0;
  #packets = 0;
  #smoothed = 0;

  /** Notes the level of one packet in −dBov (0 loudest, 127 silent). */
  observe(level: number): void {
    this.#packets += 1;
    if (level > ACTIVE_LEVEL) return;
    this.#active += 1;
    if (level < this.#loudest) this.#loudest = level;
  }

  /** Closes the interval; returns 0 for silence, else a linear level in (0, 1]. */
  read(): number {
    const share = this.#packets === 0 ? 0 : this.#active / this.#packets;
    // Quieter the smaller the share of the interval in which there was sound.
    const level =
      share < MIN_ACTIVE_SHARE ? 0 : 10 ** (-(this.#loudest - 20 * Math.log10(share)) / 20);
    this.#smoothed += (level - this.#smoothed) * SMOOTH_FACTOR;
    this.#loudest = SILENCE;
    this.#active = 0;
    this.#packets = 0;
    return this.#smoothed >= 10 ** (-ACTIVE_LEVEL / 20) ? Math.min(1, this.#smoothed) : 0;
  }
}
