/** Moments of an earlier page, whose monotonic clock is not this one's. */

/** A moment of `Date.now()` by `performance.now()`; one that the clock has not reached yet is now. */
export function tickOf(at: number): number {
  return performance.now() - Math.max(0, Date.now() - at);
}
