/** How often a caller may ask for something: so many times at once, and then once in so many milliseconds. */
export class Credit {
  readonly #burst: number;
  readonly #everyMs: number;
  #left: number;
  #at = 0;

  constructor(burst: number, everyMs: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#left = burst;
  }

  /** Whether it may now, which then counts. `now`: milliseconds of a clock that only runs on. */
  take(now: number): boolean {
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) / this.#everyMs);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
