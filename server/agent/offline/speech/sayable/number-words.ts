/** Numbers in words, as an American says them: cardinals, ordinals, decimals, years, digit by digit. */
import { toCardinal, toOrdinal } from 'n2words/en-US';

/** From here on a number is no quantity that anybody follows: it is read digit by digit. */
const LONGEST_QUANTITY = 15;
const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Source of a pattern: a number with or without thousands separators and decimals, no sign. */
export const NUMBER = String.raw`(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,21})(?:\.\d{1,12})?`;
/** Source of a pattern: what stands between the ends of a range. */
export const DASH = String.raw`\s?(?:-|–|—|‒)\s?`;

/** "4,279" is `four thousand two hundred seventy-nine`; commas are skipped. */
export function cardinal(digits: string): string {
  const plain = digits.replaceAll(',', '');
  return plain.length > LONGEST_QUANTITY ? digitByDigit(plain) : toCardinal(BigInt(plain));
}

/** "22" is `twenty-second`. */
export function ordinal(digits: string): string {
  const plain = digits.replaceAll(',', '');
  if (plain.length > LONGEST_QUANTITY) return digitByDigit(plain);
  return /^0+$/.test(plain) ? 'zeroth' : toOrdinal(BigInt(plain)).replace(/^one (?=\w+th$)/, '');
}

/** With sign and decimals: "-3.50" is `minus three point five zero`, ".5" is `point five`. */
export function quantity(number: string): string {
  const sign = /^[-−–]/.test(number) ? 'minus ' : '';
  const [whole = '', decimals] = number.replace(/^[-−–+]/, '').split('.');
  const said = whole === '' ? '' : cardinal(whole);
  const point = decimals === undefined ? '' : ` point ${digitByDigit(decimals)}`;
  return (sign + said + point).replaceAll(/ {2,}/g, ' ').trim();
}

/** Whether what is counted stands in the singular. */
export function isOne(number: string): boolean {
  return /^[-−]?1$/.test(number);
}

/** "207" is `two zero seven`; what is no digit is skipped. */
export function digitByDigit(digits: string): string {
  return Array.from(digits, (digit) => DIGITS[Number(digit)] ?? '').join(' ');
}

/** The same with a comma wherever one who reads it out takes breath: fours where they come out even, else threes. */
export function inGroups(digits: string): string {
  if (digits.length <= 5) return digitByDigit(digits);
  const size = digits.length % 4 === 0 ? 4 : 3;
  const groups = digits.match(new RegExp(String.raw`\d{${size}}(?=\d{2})|\d+$`, 'g')) ?? [];
  return groups.map(digitByDigit).join(', ');
}

/** "1905" is `nineteen oh five`, "2026" `twenty twenty-six`, "2000" `two thousand`; other lengths as a quantity. */
export function year(digits: string): string {
  const [hundreds, rest] = [digits.slice(0, -2), digits.slice(-2)];
  if (!/^\d{3,4}$/.test(digits) || /^\d00\d$/.test(digits)) return cardinal(digits);
  if (rest === '00') return `${cardinal(hundreds)} hundred`;
  return `${cardinal(hundreds)} ${rest.startsWith('0') ? 'oh ' : ''}${cardinal(rest)}`;
}

/** "twenty" is `twenties`, "one" is `ones`. */
export function plural(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
