/** Which facts fit, best first, by a number for each. */
const MOST_RELATED = 5;

/** Where the facts stand. */
export function rankFacts(scores: readonly number[]): number[] {
  return scores.map((_, at) => at).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
}

/** The few that reach the bound, in the owner's words. */
export function relatedFacts(
  facts: readonly string[],
  scores: readonly number[],
  bound: number,
): string[] {
  return rankFacts(scores)
    .filter((at) => (scores[at] ?? 0) >= bound)
    .slice(0, MOST_RELATED)
    .flatMap((at) => facts[at] ?? []);
}
