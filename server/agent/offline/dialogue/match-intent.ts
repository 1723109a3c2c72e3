/** Which example a sentence is most like: weighted letter trigrams, robust to slips of recognition. */
import { plainWords } from './normalize.js';

/** A name and how alike, 0 to 1. */
export interface IntentMatch {
  name: string;
  score: number;
}

/** Examples under their names, ready to be compared with. */
export interface IntentMatcher {
  match(utterance: string): IntentMatch | null;
}

type Vector = ReadonlyMap<string, number>;

/** Rare trigrams weigh more: they tell intents apart. */
export function createIntentMatcher(
  intents: readonly { name: string; examples: readonly string[] }[],
): IntentMatcher {
  const examples = intents.flatMap(({ name, examples: sentences }) =>
    sentences.map((sentence) => ({ name, grams: gramsOf(sentence) })),
  );
  const seen = new Map<string, Set<string>>();
  for (const { name, grams } of examples) {
    for (const gram of grams.keys()) seen.set(gram, (seen.get(gram) ?? new Set()).add(name));
  }
  const weight = (gram: string): number =>
    Math.log((intents.length + 1) / ((seen.get(gram)?.size ?? 0) + 0.5));
  const vectors = examples.map(({ name, grams }) => ({ name, vector: weigh(grams, weight) }));
  return {
    match(utterance) {
      const vector = weigh(gramsOf(utterance), weight);
      let best: IntentMatch | null = null;
      for (const example of vectors) {
        const score = dot(vector, example.vector);
        if (!best || score > best.score) best = { name: example.name, score };
      }
      return best;
    },
  };
}

function gramsOf(sentence: string): Map<string, number> {
  const grams = new Map<string, number>();
  const words = plainWords(sentence);
  const add = (gram: string): void => void grams.set(gram, (grams.get(gram) ?? 0) + 1);
  for (const word of words) {
    const padded = ` ${word} `;
    for (let i = 0; i + 3 <= padded.length; i += 1) add(padded.slice(i, i + 3));
    add(`=${word}`);
  }
  for (let i = 0; i + 1 < words.length; i += 1) add(`${words[i]}+${words[i + 1]}`);
  return grams;
}

function weigh(grams: Map<string, number>, weight: (gram: string) => number): Vector {
  const out = new Map<string, number>();
  let sum = 0;
  for (const [gram, count] of grams) {
    const value = Math.sqrt(count) * Math.max(0.05, weight(gram));
    out.set(gram, value);
    sum += value * value;
  }
  const norm = Math.sqrt(sum) || 1;
  for (const [gram, value] of out) out.set(gram, value / norm);
  return out;
}

function dot(a: Vector, b: Vector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [gram, value] of small) sum += value * (large.get(gram) ?? 0);
  return sum;
}
