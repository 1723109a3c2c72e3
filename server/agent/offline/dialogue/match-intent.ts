/** Which intent a sentence means: what its examples mean, and how they are worded. */
import type { Embedder } from '../embedding/embedder.js';
import { keepAnswers } from '../keep-answers.js';
import { LATE, within } from '../../providers/within.js';
import { createGramLikeness } from './create-gram-likeness.js';
import { createMeaningLikeness } from './create-meaning-likeness.js';

/** The wording next to the meaning. */
const WORDING = 1 / 3;
/** Less is nothing that the version knows. */
const UNDERSTOOD = 0.3;
/** The same where the wording is all that is known. */
const UNDERSTOOD_BY_WORDING = 0.15;

/** A name and how alike, up to 1. */
export interface IntentMatch {
  name: string;
  score: number;
}

/** Examples under their names, ready to be compared with. */
export interface IntentMatcher {
  /** `null`: none of them. The same sentence is taken for the same at every turn. */
  match(utterance: string): Promise<IntentMatch | null>;
}

/** `embedder`: `null` goes by the wording alone, as does a sentence for which it does not answer within `meaningMs`. */
export function createIntentMatcher(
  intents: readonly { name: string; examples: readonly string[] }[],
  embedder: Embedder | null,
  meaningMs: number,
): IntentMatcher {
  const examples = intents.map((intent) => intent.examples);
  const byWording = createGramLikeness(examples);
  const byMeaning = embedder && createMeaningLikeness(examples, embedder);

  async function find(utterance: string): Promise<IntentMatch | null> {
    const wording = byWording(utterance);
    const meaning = byMeaning && (await inTime(byMeaning(utterance), meaningMs));
    if (meaning === null) return best(wording, UNDERSTOOD_BY_WORDING);
    const both = meaning.map((score, at) => score + WORDING * (wording[at] ?? 0));
    return best(
      both.map((score) => score / (1 + WORDING)),
      UNDERSTOOD,
    );
  }

  function best(scores: readonly number[], enough: number): IntentMatch | null {
    const score = Math.max(...scores);
    const name = intents[scores.indexOf(score)]?.name;
    return name === undefined || score < enough ? null : { name, score };
  }

  return { match: keepAnswers(find) };
}

/** `null`: late, or not to be had. */
async function inTime(answer: Promise<number[]>, ms: number): Promise<number[] | null> {
  const given = await within(answer, ms).catch(() => null);
  return given === LATE ? null : given;
}
