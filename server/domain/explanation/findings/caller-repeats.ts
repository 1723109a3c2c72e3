/** `caller_repeats`: the caller had to say the same thing again. */
import { findingRule } from '../finding-rule.js';

/** So much of the words of both turns must be the same: room for a word that was heard otherwise. */
const SAME_SHARE = 0.75;
/** "Yes." and "Thank you." are said twice by everybody. */
const FEWEST_WORDS = 3;
/** Characters of a turn that are compared. */
const COMPARED = 500;

export const callerRepeats = findingRule({
  severity: 'warning',
  meaning: `The caller said nearly the same thing in two turns in a row: ${FEWEST_WORDS} words or more, of which ${SAME_SHARE * 100} % are the same.`,
  find({ callerTurns, quote }) {
    let times = 0;
    let first: { at: number; said: string } | null = null;
    let before = new Set<string>();
    for (const turn of callerTurns) {
      const words = wordsOf(turn.content);
      if (isSame(before, words)) {
        times += 1;
        first ??= { at: turn.start_ms, said: quote(turn.content) };
      }
      before = words;
    }
    return first && { at_ms: first.at, values: { times, said: first.said } };
  },
});

function wordsOf(text: string): Set<string> {
  return new Set(
    text
      .slice(0, COMPARED)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

function isSame(a: Set<string>, b: Set<string>): boolean {
  if (Math.min(a.size, b.size) < FEWEST_WORDS) return false;
  let both = 0;
  for (const word of b) if (a.has(word)) both += 1;
  return both / (a.size + b.size - both) >= SAME_SHARE;
}
