/** When a delivery that failed is tried again: ever more rarely, for a day. Pure. */

/** How long something is owed. */
export const OWED_MS = 24 * 3_600_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Together just under a day. */
const WAITS_MS = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
];
/** Each wait is shortened by up to a fifth, so that what failed together is not repeated together. */
const JITTER = 0.2;

/** When the next attempt is due after `made` ones, or `null`: it is given up. `random` is from 0 to 1. */
export function nextAttempt(
  made: number,
  owedSince: Date,
  now: Date,
  random: () => number = Math.random,
): Date | null {
  const wait = WAITS_MS[made - 1];
  if (wait === undefined) return null;
  const next = new Date(now.getTime() + Math.round(wait * (1 - JITTER * random())));
  return next.getTime() - owedSince.getTime() <= OWED_MS ? next : null;
}
