/** Which calls are traced, where not all are. */

const DIGITS = 8;

/** By the id of the trace alone, which is random: every process decides the same. `ratio`: from 0 to 1. */
export function sampler(ratio: number): (traceId: string) => boolean {
  const bound = ratio * 16 ** DIGITS;
  return (traceId) => Number.parseInt(traceId.slice(0, DIGITS), 16) < bound;
}
