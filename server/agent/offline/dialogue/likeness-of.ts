/** How alike a sentence and an intent are, when it is known how alike it and each example are. */

/** The next best example, next to the best one. */
const NEXT_BEST = 0.6;
/** All of an intent's examples together, next to its best ones. */
const WHOLE = 0.5;

/** `examples`: the cosine with each of them, at least one. `together`: the length of the sum of their vectors, each of length 1. */
export function likenessOf(examples: Iterable<number>, together: number): number {
  const sorted = [...examples].sort((a, b) => b - a);
  const [best = 0, next = best] = sorted;
  const near = (best + NEXT_BEST * next) / (1 + NEXT_BEST);
  const whole = sorted.reduce((sum, one) => sum + one, 0) / (together || 1);
  return (near + WHOLE * whole) / (1 + WHOLE);
}
