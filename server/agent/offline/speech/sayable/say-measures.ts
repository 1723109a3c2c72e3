/** Numbers with a unit: lengths, weights, times that pass, data, temperatures, percent, sizes. */
import { cardinal, DASH, isOne, NUMBER, quantity, year } from './number-words.js';
import { endOf, sayMatches } from './say-matches.js';
import { UNITS } from './units.js';
import { anyOf } from './word-table.js';

const UNIT = anyOf(UNITS);
const SIGNED = String.raw`(?<![\w.,/]|[\d)]\s?-)((?:(?<![\w)])[-−–+])?(?:${NUMBER}|\.\d{1,12}))`;
const MEASURE = new RegExp(
  String.raw`${SIGNED}(?:%?${DASH}(${NUMBER}))?(\s?)-?(${UNIT})(?![\w²³]|-[A-Z0-9])(\.?)`,
  'g',
);
const PART = new RegExp(
  String.raw`(?<![\w.,/])(\d{1,3} )?(\d{1,2}\/\d{1,2})\s?(${UNIT})(?![\w/²³-])`,
  'g',
);
const DEGREES = new RegExp(
  String.raw`${SIGNED}(?:\s?°?${DASH}(${NUMBER}))?\s?°(?:\s?([CFK])(?!\w))?`,
  'g',
);
const PIXELS = /(?<![\w.,])(\d{3,4})[x×](\d{3,4})(?!\w)/g;
const LONG_TIME = /(?<![\w.,])(\d{1,3})\s?h(?:rs?)?\s?(\d{1,2})\s?(?:m|min|mins)?(?![\w:.,]\d|\w)/g;
const HEIGHT = /(?<![\w.,])(\d{1,2})'\s?(\d{1,2})(?:"|'')?(?![\w'])/g;
const SIZE = new RegExp(String.raw`(?<![\w.,])(${NUMBER})\s?[x×]\s?(?=\d)`, 'g');
const TIMES = new RegExp(String.raw`(?<![\w.,])(${NUMBER})[x×](?!\w)`, 'g');
const SCALES: Record<string, string> = {
  k: 'thousand',
  K: 'thousand',
  M: 'million',
  bn: 'billion',
};
const SCALED = new RegExp(String.raw`(?<![\w.,$€£])(${NUMBER})(k|M|bn)(?![\w])`, 'g');
/** Before "in" and single letters a space may as well stand between two words. */
const TIGHT = new Set(['in', 'B', 'bar', 'cal', 'mo', 'ha', 'cc', 'wk']);

/** "5 km" is `five kilometers`, "-3.5 °C" `minus three point five degrees Celsius`, "10-20%" `ten to twenty percent`. */
export function sayMeasures(text: string): string {
  const parts = sayMatches(text, PART, ([all = '', whole = '', part = '', sign = '']) => {
    const [one, many] = UNITS.get(sign) ?? ['', ''];
    return TIGHT.has(sign) ? all : `${whole}${part} ${whole === '' ? one : many}`;
  }).replaceAll(/(?<=\d)\s?'?\s?o'?\s?clock\b/gi, " o'clock");
  let said = sayMatches(parts, LONG_TIME, ([, hours = '', minutes = '']) => {
    return `${counted(hours, 'hour', 'hours')} ${counted(minutes, 'minute', 'minutes')}`;
  });
  said = sayMatches(
    said,
    HEIGHT,
    ([, feet = '', inches = '']) => `${cardinal(feet)} foot ${cardinal(inches)}`,
  );
  said = sayMatches(said, DEGREES, ([, from = '', to = '', scale = ''], { before, after }) => {
    const isOfThing = /\b[Aa]n?\s$/.test(before) && /^ [a-z]/.test(after);
    const name = (isOne(from) && to === '') || isOfThing ? 'degree' : 'degrees';
    const of = { C: ' Celsius', F: ' Fahrenheit', K: ' Kelvin' }[scale] ?? '';
    return `${range(from, to)} ${name}${of}`;
  });
  said = sayMatches(
    said,
    MEASURE,
    ([all = '', from = '', to = '', space = '', sign = '', point = ''], { before, after }) => {
      if (space !== '' && TIGHT.has(sign)) return all;
      if (space === '' && to === '' && isCode(from, sign, before)) return all;
      const [one, many] = UNITS.get(sign) ?? ['', ''];
      const isOfThing =
        /^ ?[a-z]/.test(after) && all.includes('-') && to === '' && !/^[-−–]/.test(from);
      return `${range(from, to)} ${(isOne(from) && to === '') || isOfThing ? one : many}${endOf(point, after)}`;
    },
  );
  said = said.replaceAll(
    SCALED,
    (_all, number: string, scale: string) => `${quantity(number)} ${SCALES[scale] ?? ''}`,
  );
  return said
    .replaceAll(
      PIXELS,
      (_all, width: string, height: string) => `${year(width)} by ${year(height)}`,
    )
    .replaceAll(SIZE, (all, number: string) => {
      return `${quantity(number)} ${/\s[x×]|×/.test(all) ? 'times' : 'by'} `;
    })
    .replaceAll(TIMES, (_all, number: string) => `${quantity(number)} times`)
    .replaceAll(
      /(?<=(?:kilo|mega|giga)?(?:bytes?|bits?|grams?|meters?|liters?|hours?|minutes?|days?|weeks?|months?|miles?|times?|calls?) ?)\/ ?(?=[a-z]{1,8}\b)/g,
      ' per ',
    )
    .replaceAll(
      /(?<=\bper )(?:hr|h|wk|mo|yr|min|sec|s|kg|g|lb|oz|km|mi|m2|sqm|l|L|kWh|GB|MB)\b/g,
      (unit) => UNITS.get(unit)?.[0] ?? unit,
    );
}

function range(from: string, to: string): string {
  return to === '' ? quantity(from) : `${quantity(from)} to ${quantity(to)}`;
}

function counted(number: string, one: string, many: string): string {
  return `${cardinal(number)} ${isOne(number) ? one : many}`;
}

/** "Gate 4B", "seat 12L", "2V": a letter that sticks to a number after a name is no unit. */
function isCode(number: string, sign: string, before: string): boolean {
  if (!/^[A-Z]$/.test(sign)) return false;
  return (
    sign === 'B' ||
    /\b(?:gate|seat|room|apartment|apt|unit|row|flat|suite|terminal|size|grade|class)\.?\s$/i.test(
      before,
    ) ||
    number.length > 4
  );
}
