/** What is left of numbers: ordinals, fractions, ranges, years, quantities. No digit is left behind. */
import { cardinal, DASH, inGroups, NUMBER, ordinal, quantity, year } from './number-words.js';
import { sayMatches } from './say-matches.js';

const ORDINAL = /(?<![\w.,])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:st|nd|rd|th)\b/gi;
const MIXED = /(?<![\w.,/])(\d{1,9})(?: |-| and )(\d{1,3})\/(\d{1,3})(?![\w/]|[.,]\d)/g;
const FRACTION = /(?<![\w.,/])(\d{1,4})\/(\d{1,4})(?![\w/]|[.,]\d)/g;
const SUM = new RegExp(String.raw`(?<![\w.])(${NUMBER})\s?[-–]\s?(?=${NUMBER}\s?=)`, 'g');
const RANGE = new RegExp(String.raw`(?<![\w.,/-])(${NUMBER})${DASH}(?=(${NUMBER})(?![\w-]))`, 'g');
const YEAR =
  /(?<![\w.,$£€/-])(?:(?<=\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Yy]ear|[Cc]irca|[Bb]efore|[Aa]fter|[Dd]uring|[Ee]arly|[Ll]ate|[Ff]rom|[Tt]o) )1[1-8]\d\d|19\d\d|20\d\d)(?![\w]|[.,]\d| (?:people|times|meters|miles|dollars|euros|pounds|hours|words|customers|users|items|pieces|percent|steps|calories)\b)/g;
const SIGNED = new RegExp(String.raw`(?<![\w.)])([-−]|\+)(?=${NUMBER})`, 'g');
const LEFT = new RegExp(String.raw`\d{22,}|(?<!\d)\.\d{1,12}|${NUMBER}`, 'g');

/** "3 1/2" is `three and a half`, "9-5" `nine to five`, "1999" `nineteen ninety-nine`. */
export function sayNumbers(text: string): string {
  const plain = sayMatches(text, ORDINAL, ([, digits = '']) => ordinal(digits))
    .replaceAll(
      /(?<![\w/])24\/7(\/365)?(?![\w/])/g,
      (_all, days?: string) => `twenty-four seven${days === undefined ? '' : ' three sixty-five'}`,
    )
    .replaceAll(/(?<![\w/])9\/11(?![\w/])/g, 'nine eleven')
    .replaceAll(/(?<![\w/])50[/-]50(?![\w/])/g, 'fifty-fifty')
    .replaceAll(MIXED, (_all, whole: string, a: string, b: string) => {
      const part = fraction(a, b);
      return `${cardinal(whole)} and ${part.replace(/^one (?=half|quarter|third)/, 'a ')}`;
    })
    .replaceAll(
      /(?<![\w.,/])(\d{1,3}\.\d)\/(5|10|100)(?!\w)/g,
      (_all, a: string, b: string) => `${quantity(a)} out of ${cardinal(b)}`,
    )
    .replaceAll(FRACTION, (_all, a: string, b: string) => over(a, b))
    .replaceAll(SUM, (_all, number: string) => `${quantity(number)} minus `)
    .replaceAll(RANGE, (all: string, from: string, to: string) => {
      const isSum = /\s-\s/.test(all) && Number(from) > Number(to);
      return `${isYear(from) && isYear(to) ? year(from) : quantity(from)} ${isSum ? 'minus' : 'to'} `;
    })
    .replaceAll(YEAR, (digits) => year(digits))
    .replaceAll(SIGNED, (_all, sign: string) => (sign === '+' ? ' plus ' : ' minus '))
    .replaceAll(/(?<=\d):(?=\d)/g, ' to ');
  return sayMatches(plain, LEFT, ([number = ''], { before, after }) => {
    const said = /^(?:\d{22,}|0\d+)$/.test(number) ? inGroups(number) : quantity(number);
    return `${/[A-Za-z]$/.test(before) ? ' ' : ''}${said}${/^[\dA-Za-z]/.test(after) ? ' ' : ''}`;
  });
}

function isYear(digits: string): boolean {
  return /^(?:1[1-9]|20)\d\d$/.test(digits);
}

function over(a: string, b: string): string {
  if (b === '10' || b === '100') return `${cardinal(a)} out of ${cardinal(b)}`;
  if (isYear(a)) return `${year(a)} ${b.length === 2 ? cardinal(b) : year(b)}`;
  const isProper = Number(a) > 0 && Number(a) < Number(b) && Number(b) <= 100;
  return isProper ? fraction(a, b) : `${cardinal(a)} over ${cardinal(b)}`;
}

function fraction(a: string, b: string): string {
  const names: Record<string, [string, string]> = {
    2: ['half', 'halves'],
    4: ['quarter', 'quarters'],
  };
  const [one, many] = names[Number(b)] ?? [ordinal(b), `${ordinal(b)}s`];
  return `${cardinal(a)} ${Number(a) === 1 ? one : many}`;
}
