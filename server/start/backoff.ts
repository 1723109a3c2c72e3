/** How long to wait before a dead process is started again. */

/** Doubles from a quarter of a second to ten seconds; a process that lived for a while starts over. */
export function restartDelay(deathsInARow: number): number {
  return Math.min(250 * 2 ** Math.max(0, deathsInARow - 1), 10_000);
}

/** A process that lived this long was well: its next death is a first one. */
export const wellAfterMs = 30_000;
