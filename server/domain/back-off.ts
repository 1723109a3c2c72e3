/** How often, and when, work that failed is tried again. */

/** Then it is given up: after about a day. */
export const MAX_ATTEMPTS = 14;

const FIRST_MS = 10_000;
const LONGEST_MS = 4 * 3_600_000;

/** Milliseconds from the `attempts`th failure to the next attempt. */
export function backOffMs(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempts - 1));
}
