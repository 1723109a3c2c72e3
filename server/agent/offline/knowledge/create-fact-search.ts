/** Finds the fact that answers by what it means, where sentences can be embedded in time; by its words where not. */
import { LATE, within } from '../../providers/within.js';
import { likeness } from '../embedding/embedder.js';
import type { Embedder } from '../embedding/embedder.js';
import { keepAnswers } from '../keep-answers.js';
import { loadOnce } from '../load-once.js';
import { createWordScores } from './create-word-scores.js';
import { createWordSearch } from './create-word-search.js';
import type { FactSearch, FoundFacts } from './fact-search.js';
import { rankFacts, relatedFacts } from './rank-facts.js';
import { asksForPrice, tellsPrice } from './terms-of.js';

/** A caller who has asked waits for the answer. */
const PATIENCE_MS = 300;
/** Measured, as the others here, by `test/bench/knowledge.mjs`: the best fact's score and its lead have to reach that much. */
const ANSWERS = 0.7;
/** So much is enough where the fact says that share of the question in its words, and no other nearly as much. */
const ANSWERS_AND_SAID = 0.45;
const SAID = 0.6;
const SAID_ALONE = 0.3;
const RELATED = 0.2;
/** So like the question is what may be offered where nothing answers it. */
const NEAREST = 0.35;
/** What the words of question and fact have in common says little beside what they mean. */
const WORDS = 0.1;
/** A fact without a price does not answer "how much". */
const NO_PRICE = 0.15;
/** Two facts that are as like say the same: neither has to lead. */
const SAME = 0.6;
/** As like is anything to anything. */
const NOTHING_IN_COMMON = 0.2;

/** Prepares the facts once, while nobody has asked yet. `embedder`: `null` where there is none; `patienceMs`: what a question may wait for it. */
export function createFactSearch(
  facts: readonly string[],
  embedder: Embedder | null,
  patienceMs = PATIENCE_MS,
): FactSearch {
  const wordScores = createWordScores(facts);
  const byWords = createWordSearch(facts, wordScores);
  if (!embedder || facts.length === 0) return byWords;
  const learn = loadOnce(() => embedder.embed(facts));
  learn().catch(() => undefined);
  const byMeaning = createMeaningSearch(facts, wordScores);
  const find = async (question: string): Promise<FoundFacts> => {
    if (question.trim() === '') return byWords.find(question);
    const asked = Promise.all([learn(), embedder.embed([question])]);
    const known = await within(asked, patienceMs).catch((): typeof LATE => LATE);
    if (known === LATE) return byWords.find(question);
    const [ofFacts, [ofQuestion]] = known;
    return ofQuestion ? byMeaning(question, ofQuestion, ofFacts) : byWords.find(question);
  };
  return { find: keepAnswers(find) };
}

function createMeaningSearch(
  facts: readonly string[],
  wordScores: (question: string) => number[],
): (question: string, asked: Float32Array, vectors: readonly Float32Array[]) => FoundFacts {
  const hasPrice = facts.map(tellsPrice);
  return (question, asked, vectors) => {
    const words = wordScores(question);
    const wantsPrice = asksForPrice(question);
    const scores = vectors.map((vector, at) => {
      const shared = Math.min(1, Math.max(0, words[at] ?? 0));
      const lacks = wantsPrice && !hasPrice[at] ? NO_PRICE : 0;
      return likeness(asked, vector) + WORDS * shared - lacks;
    });
    const best = rankFacts(scores)[0] ?? 0;
    const said = vectors[best];
    const rivals = scores.filter((_, at) => {
      const other = vectors[at];
      return said && other && likeness(said, other) < SAME;
    });
    const first = scores[best] ?? 0;
    const sureness = first + first - Math.max(NOTHING_IN_COMMON, ...rivals);
    const shared = words[best] ?? 0;
    const otherWords = words.filter((_, at) => at !== best);
    const isSaid = shared >= SAID && shared - Math.max(0, ...otherWords) >= SAID_ALONE;
    const isAnswer = sureness >= (isSaid ? ANSWERS_AND_SAID : ANSWERS);
    return {
      answer: (isAnswer && facts[best]) || null,
      nearest: (!isAnswer && first >= NEAREST && facts[best]) || null,
      related: relatedFacts(facts, scores, RELATED),
    };
  };
}
