/** Numbers that count nothing, digit by digit: orders, codes, postal codes, serial numbers, versions, addresses of machines. */
import { cardinal, digitByDigit, inGroups, quantity, year } from './number-words.js';
import { lettersOrWord, spelled } from './say-letters.js';

const NAMED =
  'order|invoice|tracking|confirmation|reference|ref|booking|reservation|ticket|customer|membership|member|serial|policy|pin|code|passcode|password|zip|postal|postcode|extension|iban|sku|isbn|account|case|number|id|ssn';
/** Between the name and the number: "order number is #". */
const LINK = String.raw`(?:\s(?:number|code|no|id|is|ending in)){0,3}\s?[:#]?\s?#?`;
const REFERENCE = new RegExp(
  String.raw`(?=\d)(?<=\b(${NAMED})${LINK})(?<![\w.,$£€-])(\d{3,21})(?![\w-]|[.,:]\d|%)`,
  'gi',
);
const HASH = new RegExp(
  String.raw`(?:(?<=\b(${NAMED})(?: number| no| is)?:? ?)|(?<![\w#&]))#\s?(?=[\dA-Z])`,
  'gi',
);
const PAIRED =
  /(?<=\b(?:[Rr]oom|[Ss]uite|[Aa]partment|[Ff]light|[Gg]ate|[Uu]nit|[Ff]lat|[Rr]oute|[Hh]ighway|[Ii]nterstate|[Bb]us|[Ll]ine|[Bb]oeing|[Aa]irbus|[A-Z]{2}) )(\d{3,4})(?![\w-]|[.,:]\d)/g;
const HOUSE =
  /(?<![\w.,$£€-])([1-9]\d{2,4})(?= (?:(?:North|South|East|West|[NSEW])\.? )?(?:[A-Z][a-z]{1,20} ){1,3}(?:Street|Avenue|Road|Drive|Lane|Boulevard|Court|Way|Place|Highway|Parkway|Square|Terrace|Circle)\b)/g;
const DIGITS = /(?<![\w.,:$£€/-])(?:0\d{1,20}|\d{5,21})(?![\w-]|[.,:/]\d|%)/g;
const HYPHENED = /(?<![\w.,:/-])\d{1,20}(?:-\d{1,20}){1,8}(?![\w-]|[.,:/]\d)/g;
const SPACED = /(?<![\w.,:/-])\d{4}(?: \d{4}){2,4}(?: \d{1,4})?(?![\w-]|[.,:]\d)/g;
const VERSION = /(?<![\w.,-])(v|V)?(\d{1,10}(?:\.\d{1,10}){1,7})(?![\w%-])/g;
const WHOLE_VERSION = /(?<![\w-])[vV](\d{1,5})(?![\w.-])/g;
const MIXED = /(?<![\w'-])[A-Za-z0-9]{1,40}(?:[-_][A-Za-z0-9]{1,40}){0,12}(?![\w-])/g;

/** "AB-1234" is `A B, one two three four`; quantities stay for `sayNumbers`. */
export function sayCodes(text: string): string {
  const versions = text
    .replaceAll(VERSION, (all, v: string | undefined, numbers: string) => {
      const parts = numbers.split('.');
      if (v === undefined && parts.length === 2) return all;
      if (v === undefined && parts.length === 4 && parts.every((part) => Number(part) <= 255)) {
        return parts.map(digitByDigit).join(' dot ');
      }
      return `${v === undefined ? '' : 'version '}${parts.map(cardinal).join(' point ')}`;
    })
    .replaceAll(WHOLE_VERSION, (_all, number: string) => `version ${cardinal(number)}`);
  return versions
    .replaceAll(HASH, (_all, name: string | undefined) => (name === undefined ? 'number ' : ''))
    .replaceAll(REFERENCE, (all: string, name: string, digits: string) => {
      return digits.length < 4 && /^(?:number|case|account|id)$/i.test(name)
        ? all
        : inGroups(digits);
    })
    .replaceAll(PAIRED, (_all, digits: string) => year(digits))
    .replaceAll(HOUSE, (_all, digits: string) =>
      digits.length > 4 ? inGroups(digits) : year(digits),
    )
    .replaceAll(SPACED, (digits) => digits.split(' ').map(digitByDigit).join(', '))
    .replaceAll(HYPHENED, (all) => hyphened(all))
    .replaceAll(DIGITS, (digits) =>
      /^[1-9]\d{0,5}0{2,}$/.test(digits) ? quantity(digits) : inGroups(digits),
    )
    .replaceAll(MIXED, (code) => (/\d/.test(code) && /[A-Za-z]/.test(code) ? mixed(code) : code));
}

/** Two numbers are a range, unless no range is written so: 12345-6789. */
function hyphened(all: string): string {
  const parts = all.split('-');
  const isCode = parts.length > 2 || parts.some((part) => part.length > 4 || /^0\d/.test(part));
  return isCode ? parts.map((part) => inGroups(part)).join(', ') : all;
}

function mixed(code: string): string {
  if (/^\d+(?:st|nd|rd|th)(?:-[A-Za-z-]+)?$/.test(code) || /^\d+(?:-[A-Za-z]{2,})+$/.test(code))
    return code;
  const worded = /^([A-Za-z]?[a-z]{2,}|COVID)-(\d{1,4})$/.exec(code);
  if (worded)
    return `${worded[1] ?? ''} ${(worded[2] ?? '').length === 4 ? year(worded[2] ?? '') : cardinal(worded[2] ?? '')}`;
  const runs = code.match(/[A-Za-z]+|\d+/g) ?? [];
  const isLong = runs.length > 3 || /\d{3}/.test(code);
  const parts = code
    .split(/[-_]/)
    .map((part) =>
      (part.match(/[A-Za-z]+|\d+/g) ?? [])
        .map((run) => (/\d/.test(run) ? number(run, isLong) : letters(run)))
        .join(' '),
    );
  return parts.join(isLong ? ', ' : ' ');
}

function number(digits: string, isLong: boolean): string {
  return isLong || digits.startsWith('0') ? inGroups(digits) : cardinal(digits);
}

function letters(run: string): string {
  return /^[A-Z]+$/.test(run) && run.length <= 5 ? spelled(run) : lettersOrWord(run);
}
