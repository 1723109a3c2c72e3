/** What two sentences are compared by: their words, pairs of words and pieces of words. */
import { plainWords, spelledOut, withDigits } from '../../../dialogue/normalize.js';

/** Pieces of a word repeat what the word says; they are there for words that were misheard. */
const PIECE = 0.5;
const PIECE_LENGTH = 3;

/** Every gram and how often it is said. All days are one word, and all numbers are. */
export function gramsOf(sentence: string): Map<string, number> {
  const grams = new Map<string, number>();
  const add = (gram: string, count: number): void =>
    void grams.set(gram, (grams.get(gram) ?? 0) + count);
  const words = spelledOut(withDigits(plainWords(sentence))).map(classOf);
  for (const [index, word] of words.entries()) {
    add(`=${word}`, 1);
    const next = words[index + 1];
    if (next !== undefined) add(`${word}+${next}`, 1);
    if (word.startsWith('@')) continue;
    const padded = ` ${word} `;
    for (let i = 0; i + PIECE_LENGTH <= padded.length; i += 1) {
      add(padded.slice(i, i + PIECE_LENGTH), PIECE);
    }
  }
  return grams;
}

function classOf(word: string): string {
  if (/^[\d:]+$/.test(word)) return '@number';
  return /^((mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow)$/.test(word) ? '@day' : word;
}
