/** Whether a sentence names something that a version is about: its examples say the word again and again. */
import { COMMON_WORDS } from './common-words.js';
import { plainWords, spelledOut } from './normalize.js';

/** In that share of the examples a word has to be, and in two of them at least. */
const OFTEN = 0.004;
const AT_LEAST = 2;

/** `examples`: what callers of the version say, all intents together. */
export function createTopicWords(examples: readonly string[]): (utterance: string) => boolean {
  const counts = new Map<string, number>();
  for (const example of examples) {
    for (const word of new Set(wordsOf(example))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const least = Math.max(AT_LEAST, examples.length * OFTEN);
  const isTopic = (word: string): boolean =>
    (counts.get(word) ?? 0) >= least && !/^[\d:]+$/.test(word);
  return (utterance) => wordsOf(utterance).some(isTopic);
}

/** One and many of a thing are the same word. */
function wordsOf(sentence: string): string[] {
  return spelledOut(plainWords(sentence))
    .filter((word) => !COMMON_WORDS.has(word))
    .map((word) => word.replace(/(?<=\w{3})s$/, ''));
}
