/** Notices a microphone that gives nothing but silence. */

/** How long nothing is heard of a visitor whose turn it is, in ms, before something may be wrong. */
const LONGEST_SILENCE_MS = 8_000;
/** Levels come ten times a second; after a pause of the page, the time that has passed says nothing. */
const LONGEST_STEP_MS = 1_000;

/** Of one call. Whoever has been heard once is not suspected again, until another microphone is used. */
export class SilenceWatch {
  #quietMs = 0;
  #lastAt: number | null = null;
  #wasHeard = false;
  /** Whether nothing has been heard for too long. */
  isSilent = false;

  /** A level of the visitor, 0 to 1; `isExpected`: the agent listens and the visitor is not muted. Returns whether `isSilent` has changed. */
  take(level: number, isExpected: boolean, now: number): boolean {
    const passed = Math.min(now - (this.#lastAt ?? now), LONGEST_STEP_MS);
    this.#lastAt = now;
    this.#wasHeard ||= level > 0;
    if (isExpected) this.#quietMs += passed;
    const was = this.isSilent;
    this.isSilent = !this.#wasHeard && this.#quietMs >= LONGEST_SILENCE_MS;
    return this.isSilent !== was;
  }

  /** Another call, or another microphone. */
  reset(): void {
    this.#quietMs = 0;
    this.#lastAt = null;
    this.#wasHeard = false;
    this.isSilent = false;
  }
}
