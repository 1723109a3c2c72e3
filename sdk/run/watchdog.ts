/** A timeout that can be restarted. */

/** Runs one function when it is neither restarted nor stopped in time. */
export class Watchdog {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts the timeout anew, in place of the running one. */
  start(ms: number, expired: () => void): void {
    this.stop();
    this.#timer = setTimeout(expired, ms);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
