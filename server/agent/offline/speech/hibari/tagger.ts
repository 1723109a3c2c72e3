/** Parts of speech by an averaged perceptron: which "read", which "close", which "that". Penn Treebank tags. */

/** As the package has it. */
export interface TaggerData {
  tags: readonly string[];
  /** Words that are nearly always the same. */
  tagdict: Readonly<Record<string, string | undefined>>;
  /** Words that have weights of their own. */
  vocab: readonly string[];
  /** By feature, then by tag. */
  weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** A tag a word. */
export type Tagger = (words: readonly string[]) => string[];

/** Keeps the weights packed: as objects they would take five times the memory. */
export function createTagger({ tags, tagdict, vocab, weights }: TaggerData): Tagger {
  const known = new Set(vocab);
  const numberOf = new Map(tags.map((tag, index) => [tag, index]));
  const starts = new Map<string, number>();
  const packed: number[] = [];
  for (const [feature, byTag] of Object.entries(weights)) {
    starts.set(feature, packed.length);
    const pairs = Object.entries(byTag);
    packed.push(pairs.length);
    for (const [tag, weight] of pairs) packed.push(numberOf.get(tag) ?? 0, weight);
  }
  const table = Float32Array.from(packed);
  const scores = new Float64Array(tags.length);

  function predict(features: readonly string[]): string {
    scores.fill(0);
    let isAny = false;
    for (const feature of features) {
      const start = starts.get(feature);
      if (start === undefined) continue;
      isAny = true;
      const end = start + 1 + 2 * (table[start] ?? 0);
      for (let at = start + 1; at < end; at += 2) {
        const tag = table[at] ?? 0;
        scores[tag] = (scores[tag] ?? 0) + (table[at + 1] ?? 0);
      }
    }
    if (!isAny) return 'NN';
    return tags.reduce((best, tag) => {
      const more = (scores[numberOf.get(tag) ?? 0] ?? 0) - (scores[numberOf.get(best) ?? 0] ?? 0);
      return more > 0 || (more === 0 && tag > best) ? tag : best;
    });
  }

  return (words) => {
    const plain = words.map((word) => {
      const normal = normalOf(word);
      return known.has(normal) ? normal : `<${shapeOf(word)}>`;
    });
    const around = ['-START2-', '-START-', ...plain, '-END-', '-END2-'];
    let [before, beforeThat] = ['-START-', '-START2-'];
    return words.map((word, index) => {
      const tag = tagdict[word] ?? predict(featuresOf(word, index, around, before, beforeThat));
      [before, beforeThat] = [tag, before];
      return tag;
    });
  };
}

function featuresOf(
  word: string,
  index: number,
  around: readonly string[],
  before: string,
  beforeThat: string,
): string[] {
  const at = (offset: number): string => around[index + 2 + offset] ?? '';
  return [
    'b',
    `s3=${word.slice(-3)}`,
    `p1=${word.charAt(0)}`,
    `w=${at(0)}`,
    `sh=${shapeOf(word)}`,
    index === 0 ? 'i0' : 'i+',
    `t-1=${before}`,
    `t-2=${beforeThat}`,
    `t-12=${before},${beforeThat}`,
    `w-1=${at(-1)}`,
    `s3-1=${at(-1).slice(-3)}`,
    `w-2=${at(-2)}`,
    `w+1=${at(1)}`,
    `s3+1=${at(1).slice(-3)}`,
    `w+2=${at(2)}`,
  ];
}

function normalOf(word: string): string {
  return /^[^-].*-/.test(word) ? '!HYPHEN' : word.toLowerCase();
}

function shapeOf(word: string): string {
  if (!/^\p{L}+$/u.test(word)) return word.slice(0, 4).replace(/\p{L}/gu, 'x');
  if (word === word.toLowerCase()) return 'x';
  if (word === word.toUpperCase()) return word.length > 1 ? 'XX' : 'X1';
  return word.slice(1) === word.slice(1).toLowerCase() ? 'Xx' : 'xX';
}
