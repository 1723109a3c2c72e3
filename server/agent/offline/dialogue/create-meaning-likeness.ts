/** How alike a sentence and intents are by what they mean: the vectors of an embedder. */
import { likeness } from '../embedding/embedder.js';
import type { Embedder } from '../embedding/embedder.js';
import { loadOnce } from '../load-once.js';
import { likenessOf } from './likeness-of.js';
import { plainWords, spelledOut } from '../../../dialogue/normalize.js';

/** Of one intent; more add little to what its grams say. */
const MOST_EXAMPLES = 40;
/** Of one version: some seconds of one core, once a worker. */
const MOST_ALTOGETHER = 1_000;

/** An intent's examples, and the length of their sum. */
interface Meaning {
  examples: readonly Float32Array[];
  together: number;
}

/**
 * `intents`: the examples of each. Sets to work on them at once. Answers one likeness an intent, −1 to 1; rejects as the
 * embedder does, and tries again when it is next asked.
 */
export function createMeaningLikeness(
  intents: readonly (readonly string[])[],
  embedder: Embedder,
): (utterance: string) => Promise<number[]> {
  const most = Math.min(MOST_EXAMPLES, Math.floor(MOST_ALTOGETHER / intents.length));
  const learn = loadOnce(() => meaningsOf(intents.map((examples) => examples.slice(0, most))));
  learn().catch(() => undefined);
  return async (utterance) => {
    const [meanings, [said]] = await Promise.all([learn(), embedder.embed([plain(utterance)])]);
    if (!said) throw new Error('The embedder gave no vector.');
    return meanings.map(({ examples, together }) =>
      likenessOf(
        examples.map((example) => likeness(example, said)),
        together,
      ),
    );
  };

  async function meaningsOf(sentences: readonly (readonly string[])[]): Promise<Meaning[]> {
    const vectors = await embedder.embed(sentences.flat().map(plain));
    let from = 0;
    return sentences.map(({ length }) => {
      const examples = vectors.slice(from, (from += length));
      return { examples, together: lengthOfSum(examples) };
    });
  }
}

/** A mark at the end, which only those who type set, is not to make sentences alike. */
function plain(sentence: string): string {
  return spelledOut(plainWords(sentence)).join(' ');
}

function lengthOfSum(vectors: readonly Float32Array[]): number {
  const sums = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (const [at, value] of vector.entries()) sums[at] = (sums[at] ?? 0) + value;
  }
  return Math.hypot(...sums);
}
