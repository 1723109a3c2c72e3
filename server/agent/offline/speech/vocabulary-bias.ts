/** Makes the recogniser hear what callers are likely to say where a sound leaves it in doubt. */

/** Added to the logits: it decides between words that sound alike and does not outweigh a clear sound. */
const A_WORD = 1;
/** Once more for a token that follows the last one in some sentence, and again for one that follows the last two. */
const A_PAIR = 1;
const A_TRIPLE = 1;
const SEPARATOR = 65_536;
const DAYS = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day/g;

/** Changes the logits of the token that follows `last`, which follows `before`. */
export interface VocabularyBias {
  favour(logits: Float32Array, before: number, last: number): void;
}

/** `encode`: the recogniser's own tokens of a word, without markers. `start`: the token that begins every text. */
export function createVocabularyBias(
  sentences: readonly string[],
  encode: (word: string) => number[],
  start: number,
): VocabularyBias {
  // No token reaches over a space, and a word is found again faster than taken apart again.
  const known = new Map<string, number[]>();
  const tokensOf = (word: string): number[] => {
    const tokens = known.get(word) ?? encode(word);
    known.set(word, tokens);
    return tokens;
  };
  const words = new Set<number>();
  const pairs = new Map<number, Set<number>>();
  const triples = new Map<number, Set<number>>();
  for (const sentence of new Set(sentences.flatMap(formsOf))) {
    let before = 0;
    let last = start;
    for (const token of sentence.split(' ').flatMap(tokensOf)) {
      words.add(token);
      put(pairs, last, token);
      put(triples, before * SEPARATOR + last, token);
      before = last;
      last = token;
    }
  }
  const all = [...words];
  return {
    favour(logits, before, last) {
      raise(logits, all, A_WORD);
      raise(logits, pairs.get(last), A_PAIR);
      raise(logits, triples.get(before * SEPARATOR + last), A_TRIPLE);
    },
  };
}

/** As the recogniser writes: with capitals, and without the marks, which say nothing about words. */
function formsOf(sentence: string): string[] {
  const plain = sentence
    .replaceAll(/[^\p{L}\p{N}'’ -]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\bi\b/g, 'I')
    .replaceAll(DAYS, (day) => capital(day))
    .trim();
  return plain === '' ? [] : [plain, capital(plain)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function put(sets: Map<number, Set<number>>, key: number, token: number): void {
  const set = sets.get(key) ?? new Set();
  set.add(token);
  sets.set(key, set);
}

function raise(logits: Float32Array, tokens: Iterable<number> = [], by: number): void {
  for (const token of tokens) logits[token] = (logits[token] ?? 0) + by;
}
