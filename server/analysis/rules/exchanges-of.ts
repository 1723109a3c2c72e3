/** What the caller said, each with the question that it answers, and which of it is about a field. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import type { AnalysedTurn } from '../../domain/ports/analyst.js';
import { stemOf, wordsOf } from '../values/words-of.js';

/** A turn of the caller, and what the agent had said before it. */
export interface Exchange {
  turn: AnalysedTurn;
  before: AnalysedTurn | null;
}

/** An exchange that is about a field. */
export interface Mention extends Exchange {
  /** The agent asked for it: the whole turn may be the answer. */
  isAsked: boolean;
  /** The caller names it. */
  isNamed: boolean;
}

/** Say what kind of thing a field is, and nothing about which. */
const KINDS = (
  'number name date time day value address id code type field caller callers customer customers user users ' +
  'preferred requested wanted given is has was did does the a an of and or for to in on at what which who when where'
).split(' ');

/** The caller's turns in order. */
export function exchangesOf(turns: readonly AnalysedTurn[]): Exchange[] {
  let before: AnalysedTurn | null = null;
  const found: Exchange[] = [];
  for (const turn of turns) {
    if (turn.role === 'user') found.push({ turn, before });
    before = turn.role === 'agent' ? turn : before;
  }
  return found;
}

/** The words of a field's name: those that tell which it is, or all of them where none does. */
function termsOf(name: string): string[] {
  const words = wordsOf(name.replaceAll('_', ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
  const telling = words.filter((word) => word.length > 1 && !KINDS.includes(word));
  return (telling.length > 0 ? telling : words).map(stemOf);
}

/** Those about the field, the surest first: by how many of its words are said, then the last ones. */
export function mentionsOf(field: PostCallField, exchanges: readonly Exchange[]): Mention[] {
  const terms = termsOf(field.field_name);
  const shareOf = (text: string): number => {
    const stems = new Set(wordsOf(text).map(stemOf));
    return terms.filter((term) => stems.has(term)).length / terms.length;
  };
  const found = exchanges.map((one) => {
    const asked = shareOf(lastQuestion(one.before?.content ?? ''));
    const named = shareOf(one.turn.content);
    return { ...one, isAsked: asked >= 0.5, isNamed: named >= 0.5, share: Math.max(asked, named) };
  });
  return found
    .filter(({ isAsked, isNamed }) => isAsked || isNamed)
    .reverse()
    .sort((one, other) => other.share - one.share);
}

function lastQuestion(text: string): string {
  return (text.slice(-1_000).match(/[^.!?]+\?/g) ?? []).at(-1) ?? '';
}
