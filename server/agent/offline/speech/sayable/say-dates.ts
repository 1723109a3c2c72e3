/** Dates, weekdays and decades; where day and month could be either, the month comes first, as in the United States. */
import { cardinal, DASH, ordinal, plural, year } from './number-words.js';
import { endOf, sayMatches } from './say-matches.js';

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MONTH =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?:\\b\\.?)';
const SHORT_MONTH = '(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)';
const SHORT_DAY = '(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)';
const NTH = '(?:st|nd|rd|th)?';
const YEAR = String.raw`(?:,?\s(\d{4})(?![\d:.,]\d|\d|\s?[ap]\.?m\b))?`;
const NOT_INSIDE = String.raw`(?<![\w.:,$£€/-]|\d )`;

const ISO = /(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?:T(?=\d{2}:)|(?![\d-]))/g;
const NUMERIC = /(?<![\w./-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|\.\d)/g;
const SLASHED =
  /(?<![\w./-])(?:(?<=\b(?:on|by|from|until|till|since|before|after|to|ends|starts|due|closes) )(\d{1,2})\/(\d{1,2})|(1[0-2]|0?[1-9])\/(1[3-57-9]|2\d|3[01]))(?![\w/]|[.,]\d)/gi;
const MONTH_FIRST = new RegExp(
  String.raw`(?<![\w-])${MONTH}\s(\d{1,2})${NTH}(?:${DASH}(\d{1,2})${NTH})?(?![\w:%]|[.,]\d)${YEAR}`,
  'g',
);
const DAY_FIRST = new RegExp(
  String.raw`${NOT_INSIDE}(the\s)?(\d{1,2})${NTH}(?:${DASH}(\d{1,2})${NTH})?\s(?:of\s)?${MONTH}(?![\w-])${YEAR}`,
  'gi',
);
const MONTH_YEAR = new RegExp(String.raw`(?<![\w-])${MONTH},?\s(\d{4})(?![\w:]|[.,]\d)`, 'g');
const MONTH_RANGE = new RegExp(String.raw`(?<![\w-])${MONTH}${DASH}${MONTH}(?![\w-])`, 'g');
const SINCE_MONTH = new RegExp(
  String.raw`(?<=\b(?:in|since|until|till|by|of|from|to|through|before|after|early|late|mid|next|last|this|and|or) )${SHORT_MONTH}\b(?!\.?\w)\.?`,
  'g',
);
const MONTH_POINT = new RegExp(String.raw`(?<![\w-])${SHORT_MONTH}\.(?=\s|,|$)`, 'g');
const DAY_RANGE = new RegExp(String.raw`(?<!\w)${SHORT_DAY}\.?${DASH}${SHORT_DAY}\b\.?`, 'g');
const WEEKDAY = new RegExp(
  String.raw`(?<![\w-])(?:${SHORT_DAY}(\.)(?=\s|,|$)|(Mon|Tues?|Wed|Thu(?:rs?)?|Fri)\b(?!['\w-])|(?<=\b(?:on|every|this|next|last|by|until|and|or|to|through) )(Sat|Sun)\b|(Sat|Sun)(?=,? (?:\d|January|February|March|April|May|June|July|August|September|October|November|December)))`,
  'g',
);

/** "2026-11-28" is `November twenty-eighth, twenty twenty-six`; what is no date stays. */
export function sayDates(text: string): string {
  let said = sayMatches(text, ISO, ([all = '', y = '', month = '', day = ''], { after }) => {
    const date = monthDay(Number(month), day, y);
    return date === null ? all : date + (/^\d/.test(after) ? ' at ' : '');
  });
  said = sayMatches(said, NUMERIC, ([all = '', a = '', sign = '', b = '', y = '']) => {
    if (sign === '.' && y.length === 2 && (a.length < 2 || b.length < 2)) return all;
    if (sign === '-' && y.length === 2) return all;
    const isDayFirst = Number(a) > 12 || (sign === '.' && Number(b) <= 12);
    const [month, day] = isDayFirst ? [b, a] : [a, b];
    return monthDay(Number(month), day, y.length === 2 ? century(y) : y) ?? all;
  });
  said = sayMatches(said, SLASHED, ([all = '', a = '', b = '', c = '', d = '']) => {
    if (all === '9/11') return all;
    const [month, day] = Number(a) > 12 ? [b, a] : [a || c, b || d];
    const name = MONTHS[Number(month) - 1];
    return name === undefined || !isDay(day) ? all : `${name} ${ordinal(String(Number(day)))}`;
  });
  said = sayMatches(said, MONTH_RANGE, ([all = '', from = '', to = ''], { after }) => {
    return `${fullMonth(from)} to ${fullMonth(to)}${endOf(all, after)}`;
  });
  said = sayMatches(
    said,
    DAY_FIRST,
    ([all = '', , day = '', last = '', month = '', y = ''], { before, after }) => {
      if (!isDay(day) || (last !== '' && !isDay(last)) || !/^[A-Z]/.test(month)) return all;
      const until = last === '' ? '' : ` to the ${ordinal(last)}`;
      const start = /\b(?:the|this|next|last)\s$/i.test(before) ? '' : 'the ';
      const end = endOf(all, after);
      return `${start}${ordinal(day)}${until} of ${fullMonth(month)}${y === '' ? end : `, ${year(y)}`}`;
    },
  );
  said = sayMatches(said, MONTH_FIRST, ([all = '', month = '', day = '', last = '', y = '']) => {
    if (!isDay(day) || (last !== '' && !isDay(last))) return all;
    const until = last === '' ? '' : ` to ${ordinal(last)}`;
    return `${fullMonth(month)} ${ordinal(day)}${until}${y === '' ? '' : `, ${year(y)}`}`;
  });
  said = sayMatches(said, MONTH_YEAR, ([, month = '', y = '']) => `${fullMonth(month)} ${year(y)}`);
  said = sayMatches(said, SINCE_MONTH, ([all = '', month = ''], { after }) => {
    return fullMonth(month) + endOf(all, after);
  });
  said = sayMatches(said, MONTH_POINT, ([all = '', month = ''], { after }) => {
    return fullMonth(month) + endOf(all, after);
  });
  said = sayMatches(said, DAY_RANGE, ([all = '', from = '', to = ''], { after }) => {
    return `${fullDay(from)} to ${fullDay(to)}${endOf(all, after)}`;
  });
  said = sayMatches(said, WEEKDAY, ([all = '', a = '', , b = '', c = '', d = ''], { after }) => {
    return fullDay(a || b || c || d) + endOf(all, after);
  });
  return sayDecades(said);
}

function sayDecades(text: string): string {
  return text
    .replaceAll(/(?<![\w.,])(\d{2})([1-9])0'?s\b/g, (_all, c: string, d: string) => {
      return `${cardinal(c)} ${plural(cardinal(`${d}0`))}`;
    })
    .replaceAll(/(?<![\w.,])(\d{2})00'?s\b/g, (_all, c: string) => {
      return c.endsWith('0') ? `${cardinal(c.slice(0, -1))} thousands` : `${cardinal(c)} hundreds`;
    })
    .replaceAll(/(?<![\w.,$£€])'?([2-9]0)'?s\b/g, (_all, d: string) => plural(cardinal(d)))
    .replaceAll(/(?<!\w)'(\d{2})(?![\w'])/g, (_all, y: string) =>
      year(`20${y}`).replace(/^\w+ /, ''),
    );
}

function monthDay(month: number, day: string, y: string): string | null {
  const name = MONTHS[month - 1];
  return name === undefined || !isDay(day)
    ? null
    : `${name} ${ordinal(String(Number(day)))}, ${year(y)}`;
}

function isDay(day: string): boolean {
  return Number(day) >= 1 && Number(day) <= 31;
}

function century(twoDigits: string): string {
  return (Number(twoDigits) > 50 ? '19' : '20') + twoDigits;
}

function fullMonth(short: string): string {
  return MONTHS.find((month) => month.startsWith(short.slice(0, 3))) ?? short;
}

function fullDay(short: string): string {
  return DAYS.find((day) => day.startsWith(short.slice(0, 3))) ?? short;
}
