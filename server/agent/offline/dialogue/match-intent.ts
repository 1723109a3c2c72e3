/** Which intent's examples a sentence is most like: weighted words and letter trigrams, robust to slips of recognition. */
import { gramsOf } from './sentence-grams.js';

/** Examples of one intent that count, and how much less the next best one does. */
const BEST_EXAMPLES = 3;
const NEXT_BEST = 0.6;
/** With fewer examples a sentence is like one of them at most. */
const EXAMPLES_TO_COUNT_ONE_MORE = 34;
/** All of an intent's examples together, next to its best ones. */
const WHOLE = 0.5;
/** An intent without a gram may still say it. */
const UNSEEN = 0.02;
const RATE_OF_A_FEW = 0.3;
const LEAST_WEIGHT = 0.05;

/** A name and how alike, 0 to 1. */
export interface IntentMatch {
  name: string;
  score: number;
}

/** Examples under their names, ready to be compared with. */
export interface IntentMatcher {
  match(utterance: string): IntentMatch | null;
}

/** Grams by their numbers, and how much of each. */
interface Vector {
  grams: readonly number[];
  values: readonly number[];
}

/** For every gram where it is and how heavy it is there: place, weight, place, weight. */
type Index = readonly (readonly number[])[];

/** Grams that tell intents apart weigh more. */
export function createIntentMatcher(
  intents: readonly { name: string; examples: readonly string[] }[],
): IntentMatcher {
  const numbers = new Map<string, number>();
  const counts = intents.map(({ examples }) =>
    examples.map((sentence) => {
      const grams = gramsOf(sentence);
      for (const gram of grams.keys()) if (!numbers.has(gram)) numbers.set(gram, numbers.size);
      return numbered(grams, numbers);
    }),
  );
  const most = Math.log(intents.length + 1);
  const weights = weightsOf(counts, numbers.size, most);
  const vectors = counts.map((examples) => examples.map((one) => weigh(one, weights, most)));
  const all = vectors.flat();
  const ofExamples = indexOf(all, numbers.size);
  const ofIntents = indexOf(
    vectors.map((examples) => wholeOf(examples, numbers.size)),
    numbers.size,
  );
  return {
    match(utterance) {
      const vector = weigh(numbered(gramsOf(utterance), numbers), weights, most);
      const likeness = compare(vector, ofExamples, all.length);
      const whole = compare(vector, ofIntents, intents.length);
      let found: IntentMatch | null = null;
      let from = 0;
      for (const [intent, { name, examples }] of intents.entries()) {
        const near = meanOfBest(likeness.subarray(from, from + examples.length));
        from += examples.length;
        const score = (near + WHOLE * (whole[intent] ?? 0)) / (1 + WHOLE);
        if (!found || score > found.score) found = { name, score };
      }
      return found;
    },
  };
}

/** A gram that nobody has said has a number too, which stands nowhere. */
function numbered(
  grams: ReadonlyMap<string, number>,
  numbers: ReadonlyMap<string, number>,
): Vector {
  return {
    grams: [...grams.keys()].map((gram) => numbers.get(gram) ?? numbers.size),
    values: [...grams.values()],
  };
}

/** A gram that all intents say alike tells nothing; one that a single intent says tells `most`, and so does a new one. */
function weightsOf(
  intents: readonly (readonly Vector[])[],
  grams: number,
  most: number,
): Float64Array {
  const wide = intents.length;
  // Gram by gram, how often each intent says it.
  const rates = new Float64Array(grams * wide).fill(UNSEEN);
  for (const [intent, examples] of intents.entries()) {
    for (const example of examples) {
      for (const gram of example.grams) {
        const at = gram * wide + intent;
        rates[at] = (rates[at] ?? 0) + 1;
      }
    }
  }
  for (let at = 0; at < rates.length; at += 1) {
    rates[at] = (rates[at] ?? 0) / ((intents[at % wide]?.length ?? 0) + RATE_OF_A_FEW);
  }
  return new Float64Array(grams).map((_, gram) => {
    const doubt = doubtOf(rates.subarray(gram * wide, gram * wide + wide));
    return Math.max(LEAST_WEIGHT, most - doubt);
  });
}

function weigh(counts: Vector, weights: Float64Array, most: number): Vector {
  const { grams } = counts;
  const values = grams.map((gram, i) => Math.sqrt(counts.values[i] ?? 0) * (weights[gram] ?? most));
  return { grams, values: toUnitLength(values) };
}

/** The entropy of who said it. */
function doubtOf(rates: Float64Array): number {
  let sum = 0;
  let logs = 0;
  for (const rate of rates) {
    sum += rate;
    logs += rate * Math.log(rate);
  }
  return Math.log(sum) - logs / sum;
}

/** What an intent's examples say together; the root keeps a frequent phrase from hiding the rare ones. */
function wholeOf(vectors: readonly Vector[], grams: number): Vector {
  const sums = new Float64Array(grams);
  for (const { grams: said, values } of vectors) {
    for (const [i, gram] of said.entries()) sums[gram] = (sums[gram] ?? 0) + (values[i] ?? 0);
  }
  const own = [...sums.keys()].filter((gram) => (sums[gram] ?? 0) > 0);
  return { grams: own, values: toUnitLength(own.map((gram) => Math.sqrt(sums[gram] ?? 0))) };
}

function toUnitLength(values: readonly number[]): number[] {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / length);
}

function indexOf(vectors: readonly Vector[], grams: number): Index {
  const index = Array.from({ length: grams }, (): number[] => []);
  for (const [place, vector] of vectors.entries()) {
    for (const [i, gram] of vector.grams.entries()) index[gram]?.push(place, vector.values[i] ?? 0);
  }
  return index;
}

/** The cosine with each of `count` vectors. */
function compare(vector: Vector, index: Index, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const [at, gram] of vector.grams.entries()) {
    const value = vector.values[at] ?? 0;
    const places = index[gram] ?? [];
    for (let i = 0; i < places.length; i += 2) {
      const place = places[i] ?? 0;
      sums[place] = (sums[place] ?? 0) + value * (places[i + 1] ?? 0);
    }
  }
  return sums;
}

/** The best examples, the next best counting less than the best. */
function meanOfBest(likeness: Float64Array): number {
  const count = Math.min(BEST_EXAMPLES, Math.ceil(likeness.length / EXAMPLES_TO_COUNT_ONE_MORE));
  const best = likeness.sort().subarray(likeness.length - count);
  let sum = 0;
  let weights = 0;
  for (let place = 0; place < count; place += 1) {
    const weight = NEXT_BEST ** place;
    sum += weight * (best[count - 1 - place] ?? 0);
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}
