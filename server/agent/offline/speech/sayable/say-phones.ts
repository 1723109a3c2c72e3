/** Telephone numbers, digit by digit in the groups that they are written in; nought is "zero". */
import { digitByDigit, inGroups } from './number-words.js';
import { sayMatches } from './say-matches.js';

const GROUPS =
  /(?<![\w.,$£€/-])(?:\+\s?)?\(?\d{1,4}\)?(?:[ .-]{1,2}\(?\d{2,8}\)?){1,5}(?![\w%]|[.,:/-]\d)/g;
const LETTERED =
  /(?<![\w-])1-(\d{3})-(?=[A-Z0-9-]*[A-Z])([A-Z0-9]{2,10}(?:-[A-Z0-9]{2,10}){0,3})(?![\w-])/g;
const PLAIN = /(?<![\w.,])\+(\d{7,15})(?!\w)/g;
const CALLED =
  /(?<=\b(?:[Cc]all|[Dd]ial|[Rr]ing|[Pp]hone|[Tt]ext|[Pp]ress) )(\d{3,6})(?![\w-]|[.,:]\d| (?:times|people|customers|minutes|hours|days)\b)/g;

/** "(555) 010-4279" is `five five five, zero one zero, four two seven nine`. What is no telephone number stays. */
export function sayPhones(text: string): string {
  const said = sayMatches(text, LETTERED, ([, area = '', word = '']) => {
    return `one, ${group(area)}, ${word.replaceAll(/\d/g, (digit) => ` ${digitByDigit(digit)} `).replaceAll('-', ' ')}`;
  });
  return sayMatches(said, GROUPS, ([all = '']) => (isPhone(all) ? phone(all) : all))
    .replaceAll(PLAIN, (_all, digits: string) =>
      phone(digits.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3').replace(/^(?=\d)/, '+')),
    )
    .replaceAll(CALLED, (_all, digits: string) => digitByDigit(digits));
}

/** Spaces alone also stand between numbers that are listed, full stops in versions, hyphens in ranges and codes. */
function isPhone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length;
  if (digits > 15) return false;
  if (/^[+(]/.test(text)) return digits >= 7 || /^\(\d{3,4}\) ?\d{3,}/.test(text);
  if (/^(?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4}$/.test(text) || /^\d{3}-\d{4}$/.test(text)) return true;
  return /^0\d{1,4}(?:[ -]\d{2,5}){1,4}$/.test(text) && digits >= 9;
}

function phone(text: string): string {
  const said = (text.match(/\d+/g) ?? []).map(group).join(', ');
  return (text.startsWith('+') ? 'plus ' : '') + said;
}

function group(digits: string): string {
  return digits === '800' ? 'eight hundred' : inGroups(digits);
}
