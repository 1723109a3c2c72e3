/** Abbreviations at length. Whether the full stop ended the sentence too is told by what follows. */
import { NUMBERED, PLAIN, POINTED, STREETS, TITLES } from './abbreviations.js';
import { sayPlaces } from './say-places.js';
import { spelled } from './say-letters.js';
import { beginsSentence, endOf, sayMatches } from './say-matches.js';
import { startsAnew } from './starts-anew.js';
import { anyOf } from './word-table.js';

const ANYWHERE = new RegExp(String.raw`(?<![\w.'/&])(${anyOf(PLAIN)})(?![\w/&])(\.?)`, 'g');
const GOES_ON = /^(?:vs|approx|P\.[SO]\.|c\/o|w\/o?)$/;
/** Those that a sentence may end with. */
const LAST =
  /^(?:etc|Jr|Sr|Inc|Ltd|Corp|Co|Bros|Assn|[Dd]ept|Univ|[Aa]pt|Ste|[Bb]ldg|Fl|[Gg]ovt|hrs?|mins?|secs?|wk|yrs?|mo|info|[Mm]gr|al|reps|appts?)$/;
const INITIAL = /(?<![\w.'])([A-Z])\.(?=\s[A-Z])/g;
const LABEL =
  /\b(?:plan|option|vitamin|hepatitis|part|grade|class|type|group|team|room|gate|terminal|step|unit|appendix|building|section|press|letter|and|or|to|from|is|I)\s$/i;
const LATIN = /(?<![\w.])(e\.\s?g|i\.\s?e|eg|ie)(?:\.,?|,|(?= ))/gi;
const STREET = new RegExp(
  String.raw`(?<=(?:(?:^|[\s(])[A-Z][a-z'-]{1,20}|\d(?:st|nd|rd|th)) )(${anyOf(STREETS)})\b(\.?)(?!\w)`,
  'g',
);
const TITLE = new RegExp(
  String.raw`(?<![\w.'-])(${anyOf(TITLES)})(?:\.\s?|\s)(?=[A-Z]|(?:and|or|&) (?:Mr|Mrs|Ms|Dr)\b)`,
  'g',
);
const BEFORE_NUMBER = new RegExp(
  String.raw`(?<![\w.'-])(?:(${anyOf(NUMBERED)})\.\s?|(Nos?|pp)\s|(x)\s?)#?(?=\d)`,
  'g',
);
const POINT = new RegExp(String.raw`(?<![\w.'-])(${anyOf(POINTED)})\.(?!\w)`, 'g');
const LETTERS = /(?<![\w.'])(?:[A-Za-z]\.){2,6}(?!\w)|(?<![\w.])Ph\.\s?D\.?(?!\w)/g;

/** "e.g." is `for example`, "Dr. Smith" `Doctor Smith`, "12 Elm Dr." `12 Elm Drive`. */
export function sayAbbreviations(text: string): string {
  const placed = sayPlaces(text);
  let said = sayMatches(placed, ANYWHERE, ([, short = '', point = ''], { after }) => {
    const isEnd =
      (point !== '' || short.endsWith('.')) && !GOES_ON.test(short) && beginsSentence(after);
    return (PLAIN.get(short) ?? short) + (isEnd ? '.' : '');
  });
  said = said.replaceAll(LATIN, (all, short: string) => {
    if (/^IE|^EG|^Ie|^Eg/.test(short) || (/^(?:eg|ie)$/.test(short) && !/[.,]$/.test(all)))
      return all;
    return /^e/i.test(short) ? 'for example,' : 'that is,';
  });
  said = sayMatches(said, STREET, ([all = '', short = '', point = ''], { before, after }) => {
    const isStreet =
      point === ''
        ? isHouse(before)
        : isHouse(before) || !/^\s+[A-Z]/.test(after) || isInside(before);
    if (
      !isStreet ||
      (TITLES.has(short) && /^\s[A-Z]/.test(after) && !isHouse(before) && !isInside(before))
    )
      return all;
    return (STREETS.get(short) ?? short) + endOf(point, after);
  });
  said = sayMatches(said, TITLE, ([, short = '']) => `${TITLES.get(short) ?? short} `);
  said = sayMatches(
    said,
    BEFORE_NUMBER,
    ([, a = '', b = '', c = '']) => `${NUMBERED.get(a || b || c) ?? ''} `,
  );
  said = sayMatches(said, POINT, ([all = '', short = ''], { before, after }) => {
    if (short === 'min' && /\d\s?$/.test(before)) return all;
    return (POINTED.get(short) ?? short) + (LAST.test(short) ? endOf(all, after) : '');
  });
  said = sayMatches(said, INITIAL, ([all = '', letter = ''], { before, after }) => {
    return LABEL.test(before) || startsAnew(after) ? all : letter;
  });
  return sayMatches(said, LETTERS, ([all = ''], { after }) => {
    return spelled(all) + (all.endsWith('.') && endsHere(all, after) ? '.' : '');
  });
}

/** "J.R. Smith" and "U.S. Senate" go on; "in the U.S. We" does not. */
function endsHere(all: string, after: string): boolean {
  if (/^\s*$/.test(after)) return true;
  return /^(?:[A-Z]\.){2,}$/.test(all) && startsAnew(after);
}

/** The number of the house stands before the name of the street, or the street is a number itself. */
function isHouse(before: string): boolean {
  return /\d[A-Za-z]? (?:[A-Z][\w'-]{0,20}\.? ){1,3}$|\d(?:st|nd|rd|th) $/.test(before);
}

/** A capital inside a sentence is a name; the first word of one need not be. */
function isInside(before: string): boolean {
  return /[a-z,] (?:[A-Z][\w'-]{0,20} ){1,3}$/.test(before);
}
