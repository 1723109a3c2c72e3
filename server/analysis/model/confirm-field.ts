/** Whether a value that a model names was really said in the turn that it names. What was not is left out. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import type { AnalysedTurn, AnalysisRequest } from '../../domain/ports/analyst.js';
import { cleanText } from '../clean-text.js';
import { emailsIn } from '../values/emails-in.js';
import { isoOf, momentsIn } from '../values/moments-in.js';
import { numbersIn } from '../values/numbers-in.js';
import { phonesIn } from '../values/phones-in.js';
import { holdsPhrase, stemOf, wordsOf } from '../values/words-of.js';

const LONGEST = 500;
/** How many of a text's words must be those of the turn: a model may put them in another order, and no others in their place. */
const SAID_SHARE = 0.6;

/** The value as it is kept, or `null`. */
export function confirmField(
  { field_type, options = [] }: PostCallField,
  value: unknown,
  turn: AnalysedTurn,
  request: AnalysisRequest,
): string | number | boolean | null {
  switch (field_type) {
    case 'NUMBER':
      return typeof value === 'number' && isNumberSaid(value, turn.content) ? value : null;
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : null;
    case 'ENUM':
      return options.find((option) => option === value) ?? null;
    case 'STRING':
      return typeof value === 'string' ? saidText(value, turn.content, request.language) : null;
    case 'DATETIME':
      return typeof value === 'string' ? saidMoment(value, turn, request) : null;
  }
}

function isNumberSaid(value: number, text: string): boolean {
  const written = text.match(/\d+(?:[.,]\d+)*/g) ?? [];
  const known = [...numbersIn(text), ...written.map((one) => Number(one.replace(',', '.')))];
  return known.includes(value);
}

/** In its words, or as the address or the telephone number that they spell. */
function saidText(value: string, text: string, language: string): string | null {
  const kept = cleanText(value, LONGEST);
  const words = wordsOf(kept);
  if (words.length === 0) return null;
  if (kept.includes('@')) {
    return emailsIn(text, true).includes(kept.toLowerCase()) ? kept.toLowerCase() : null;
  }
  if (/^\+?[\d\s().-]{7,}$/.test(kept)) {
    const digits = kept.replaceAll(/\D/g, '');
    const said = phonesIn(text, language, true);
    const isSaid =
      text.replaceAll(/\D/g, '').includes(digits) || said.some((one) => one.includes(digits));
    return isSaid ? kept : null;
  }
  if (holdsPhrase(text, kept)) return kept;
  const said = new Set(wordsOf(text).map(stemOf));
  const spoken = new Set(numbersIn(text).map(String));
  const isSaid = (word: string): boolean => said.has(stemOf(word)) || spoken.has(word);
  // A number is right or wrong.
  if (words.some((word) => /\d/.test(word) && !isSaid(word))) return null;
  return words.filter(isSaid).length >= words.length * SAID_SHARE ? kept : null;
}

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?/;

/** Its day, or its time of day, is one that the turn says, and the other is at most left open by it. */
function saidMoment(
  value: string,
  turn: AnalysedTurn,
  { timeZone, language }: AnalysisRequest,
): string | null {
  const [, date, time] = ISO.exec(value.trim()) ?? [];
  if (date === undefined || Number.isNaN(Date.parse(`${date}T${time ?? '00:00'}Z`))) return null;
  const said = momentsIn(turn.content, turn.started_at, timeZone, language);
  const isSaid = said.some(
    (one) =>
      (one.date === date || (one.date === null && one.time === time)) &&
      (one.time === null || time === undefined || one.time === time),
  );
  return isSaid ? isoOf({ date, time: time ?? null }, timeZone) : null;
}
