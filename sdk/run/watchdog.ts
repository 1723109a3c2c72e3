/** One timer that can be wound again. */

/** Barks once when nobody resets it in time. */
export class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Replaces whatever was running. */
  wind(ms: number, bark: () => void): void {
    this.stop();
    this.#timer = setTimeout(bark, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
