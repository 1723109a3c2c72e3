/** How far each fact says what a question says, by its words and by what they are about: no network, well under a millisecond. */
import { conceptsOfWord, factTerms, questionTerms } from './terms-of.js';

/** A word for the same thing counts less than the word itself. */
const SAME_CONCEPT = 0.7;
/** A way to ask ("how much") is a weaker sign than a word. */
const WAY_OF_ASKING = 0.6;
/** Two spellings of one word, or one that was misheard, share that many of their letters' threes. */
const ALIKE = 0.6;
const LONG_ENOUGH = 5;

/** Nobody asks in more words; whoever types may. */
const MOST_WORDS = 40;

/** Prepares the facts once; then a question gives a number for each, 1 where it says all that is asked for. */
export function createWordScores(facts: readonly string[]): (question: string) => number[] {
  const terms = facts.map(factTerms);
  const vocabulary = new Map(
    terms.flatMap(({ words }) => [...words].map((word) => [word, threesOf(word)] as const)),
  );
  const rarity = (values: readonly number[]): number =>
    Math.log(1 + facts.length / Math.max(1, values.filter((value) => value > 0).length));

  /** How far each fact says the word. */
  function saying(word: string): number[] {
    const concepts = conceptsOfWord(word);
    const isKnown = vocabulary.has(word) || concepts.length > 0;
    const heard = isKnown ? null : nearest(word, vocabulary);
    return terms.map((fact) => {
      if (fact.words.has(word)) return 1;
      if (concepts.some((concept) => fact.concepts.has(concept))) return SAME_CONCEPT;
      return heard && fact.words.has(heard.word) ? heard.alike * SAME_CONCEPT : 0;
    });
  }

  return (question) => {
    const asked = questionTerms(question);
    const words = [...asked.words].slice(0, MOST_WORDS);
    const said = words.map(saying);
    const weights = said.map(rarity);
    const ways = [...asked.concepts]
      .filter((concept) => !words.some((word) => conceptsOfWord(word).includes(concept)))
      .map((concept) => terms.map((fact) => (fact.concepts.has(concept) ? 1 : 0)));
    const wayWeights = ways.map((values) => WAY_OF_ASKING * rarity(values));
    const whole = sum(weights) + Math.max(0, ...wayWeights);
    return facts.map((_, at) => {
      if (whole === 0) return 0;
      const words = sum(said.map((values, i) => (values[at] ?? 0) * (weights[i] ?? 0)));
      const way = Math.max(0, ...ways.map((values, i) => (values[at] ?? 0) * (wayWeights[i] ?? 0)));
      // Of two facts that say as much, the one that says less besides.
      return (words + way) / whole - (terms[at]?.words.size ?? 0) / 1_000;
    });
  };
}

/** The word of the facts that a strange one may be a spelling or a mishearing of. */
function nearest(
  word: string,
  vocabulary: ReadonlyMap<string, ReadonlySet<string>>,
): { word: string; alike: number } | null {
  if (word.length < LONG_ENOUGH) return null;
  const threes = threesOf(word);
  let best: { word: string; alike: number } | null = null;
  for (const [other, otherThrees] of vocabulary) {
    if (other.length < LONG_ENOUGH) continue;
    const shared = [...threes].filter((three) => otherThrees.has(three)).length;
    const alike = (2 * shared) / (threes.size + otherThrees.size);
    if (alike >= (best?.alike ?? ALIKE)) best = { word: other, alike };
  }
  return best;
}

function threesOf(word: string): Set<string> {
  const padded = ` ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
