/** Finds the fact that answers by its words. */
import { createWordScores } from './create-word-scores.js';
import type { FactSearch } from './fact-search.js';
import { rankFacts, relatedFacts } from './rank-facts.js';

/** Of what the question says, the fact has to say that share to be the answer. */
const ANSWERS = 0.5;
/** And this one to be offered where nothing answers. */
const NEAREST = 0.35;
/** And this one to be worth a language model's while. */
const RELATED = 0.2;

/** Prepares the facts once. `scoresOf`: what has been prepared of them already. */
export function createWordSearch(
  facts: readonly string[],
  scoresOf = createWordScores(facts),
): FactSearch {
  return {
    find(question) {
      const scores = scoresOf(question);
      const best = rankFacts(scores)[0] ?? 0;
      const score = scores[best] ?? 0;
      return Promise.resolve({
        answer: (score >= ANSWERS && facts[best]) || null,
        nearest: (score < ANSWERS && score >= NEAREST && facts[best]) || null,
        related: relatedFacts(facts, scores, RELATED),
      });
    },
  };
}
