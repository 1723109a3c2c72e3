/** Phonemes of words that no dictionary has, by a small network over letters. */
import { LRUCache } from 'lru-cache';
import ort from 'onnxruntime-node';

const KEPT_WORDS = 500;

/** Which letters go in and which phonemes come out, in the order of the network's numbers. */
export interface GuesserAlphabet {
  in: readonly string[];
  out: readonly string[];
  /** Letters that are read at most. */
  maxlen: number;
}

/** A word's phonemes; none for one without a letter that the network knows. */
export function createWordGuesser(
  network: Pick<ort.InferenceSession, 'run'>,
  alphabet: GuesserAlphabet,
): (word: string) => Promise<string> {
  // 0 is nothing, on both sides.
  const numbers = new Map(alphabet.in.map((letter, index) => [letter, BigInt(index + 1)]));
  const kept = new LRUCache<string, string>({ max: KEPT_WORDS });
  return async (word) => {
    const known = kept.get(word);
    if (known !== undefined) return known;
    const letters = [...word]
      .flatMap((letter) => numbers.get(letter) ?? [])
      .slice(0, alphabet.maxlen);
    if (letters.length === 0) return '';
    const chars = new ort.Tensor('int64', BigInt64Array.from(letters), [1, letters.length]);
    const { ids } = await network.run({ chars });
    const said = [...(ids?.data as BigInt64Array)].map(Number);
    // A phoneme that lasts is one phoneme.
    const phonemes = said
      .filter((id, index) => id !== 0 && id !== said[index - 1])
      .map((id) => alphabet.out[id - 1] ?? '')
      .join('');
    kept.set(word, phonemes);
    return phonemes;
  };
}
