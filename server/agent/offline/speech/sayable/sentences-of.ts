/** Where one may stop to speak: the sentences of a text that is still growing, none of them cut at "approx." or "No.". */
import { NUMBERED, POINTED, STREETS, TITLES } from './abbreviations.js';
import { startsAnew } from './starts-anew.js';

/** What is shorter is said together with what follows. */
const SHORTEST = 8;
/** A stretch without an end is cut at a comma or a space: no voice says more in one breath. */
const LONGEST = 400;
const LOOK = 48;
/** Begins where a run of its characters begins, and nowhere within it: the time grows with the text. */
const STOP = /(?:(?<![.!?…])[.!?…]+["'”’)\]*_]*\s+|(?<!\s)[^\S\n]*\n\s*)(?=\S)/g;
const NEVER = /(?:\b(?:e\.\s?g|i\.\s?e|vs|cf|approx|ca|al)|(?:^|\s)\(?\d{1,3})\.$/i;
const SHORT_DATE =
  /\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.$/;
const LETTER = /(?<![A-Za-z'])(?:[A-Za-z]\.\s?){1,6}$/;
const WORD = /(?<![\w'])([A-Za-z]{1,6})\.$/;

/** Each with its place. The last one may go on; what is in doubt is not cut, as a longer sentence does no harm. */
export function sentencesOf(text: string): [sentence: string, start: number, end: number][] {
  const found: [string, number, number][] = [];
  let start = 0;
  const cut = (end: number): void => {
    while (end - start > LONGEST) {
      const stretch = text.slice(start, start + LONGEST);
      const at = Math.max(stretch.lastIndexOf(', ') + 1, stretch.lastIndexOf('; ') + 1);
      const place = at > LONGEST / 4 ? at : stretch.lastIndexOf(' ');
      push(start + (place > 0 ? place : LONGEST));
    }
    if (end > start) push(end);
  };
  const push = (end: number): void => {
    const sentence = text.slice(start, end).trim();
    if (sentence !== '') found.push([sentence, start, end]);
    start = end;
  };
  for (const stop of text.matchAll(STOP)) {
    const end = stop.index + stop[0].length;
    if (end - start < SHORTEST) continue;
    const before = text.slice(
      Math.max(start, stop.index - LOOK),
      stop.index + stop[0].trimEnd().length,
    );
    if (isEnd(stop[0], before, text.slice(end - 1, end + LOOK))) cut(end);
  }
  cut(text.length);
  return found;
}

function isEnd(stop: string, before: string, after: string): boolean {
  if (stop.includes('\n')) return !/^\s[a-z(]/.test(after) || /\n\s*\n/.test(stop);
  if (/^\s[a-z]/.test(after)) return false;
  if (!/(?<!\.)\.["'”’)\]*_]*$/.test(before)) return true;
  if (NEVER.test(before)) return false;
  const word = WORD.exec(before)?.[1] ?? '';
  if (TITLES.has(word)) return false;
  const isShort =
    LETTER.test(before) ||
    SHORT_DATE.test(before) ||
    POINTED.has(word) ||
    STREETS.has(word) ||
    (NUMBERED.has(word) && /^\s#?\d/.test(after));
  // A word that still grows may become any other.
  return !isShort || startsAnew(after.replace(/^\s\w+$/, '$&x'));
}
