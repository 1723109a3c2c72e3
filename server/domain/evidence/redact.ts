/** Takes secrets out of what a function was called with and answered, before it is stored. */
import { jsonIn } from './json-in.js';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Parts of names, without case and punctuation, whose values are secrets. */
const SECRET_PARTS = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'token',
  'authorization',
  'apikey',
  'accesskey',
  'privatekey',
  'credential',
  'cookie',
  'cardnumber',
  'creditcard',
  'debitcard',
  'securitycode',
  'iban',
];
/** Whole names, which are parts of harmless ones as well. */
const SECRET_NAMES = ['pwd', 'auth', 'card', 'cvv', 'cvc', 'pin', 'otp', 'ssn', 'pan'];
/** Harmless names that hold such a part: figures of language models. */
const HARMLESS = /^(?:max|total|prompt|completion|input|output)?_?tokens$/i;
/** Such names in a text. */
const PAIR_NAMES = ['passw(?:or)?d', 'secret', 'token', 'api[_-]?key', 'authorization'];
const CREDENTIALS = /\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi;
/** The digits of a card, in groups or not. */
const LONG_NUMBER = /\b\d(?:[ -]?\d){12,18}\b/g;

const MAX_DEPTH = 50;
const TOO_DEEP = '[left out: nested too deep]';

/**
 * Answers a copy without them, which a database can hold. `names`: further names of the operator's, compared without case
 * and punctuation.
 */
export function redact(value: unknown, names: readonly string[] = []): unknown {
  const more = names.map(plain);
  const pair = pairOf(names);
  const isSecret = (name: string): boolean => {
    const word = plain(name);
    if (more.includes(word)) return true;
    if (HARMLESS.test(name)) return false;
    return SECRET_NAMES.includes(word) || SECRET_PARTS.some((part) => word.includes(part));
  };
  const clean = (one: unknown, depth: number): unknown => {
    if (typeof one === 'string') return cleanText(one, depth);
    if (typeof one !== 'object' || one === null) return one;
    if (depth > MAX_DEPTH) return TOO_DEEP;
    if (Array.isArray(one)) return one.map((member) => clean(member, depth + 1));
    const members = Object.entries(one).map(([name, member]) => [
      storable(name),
      isSecret(name) && member !== null ? REDACTED : clean(member, depth + 1),
    ]);
    return Object.fromEntries(members);
  };
  /** A text that is JSON is read as such. */
  const cleanText = (text: string, depth: number): string => {
    const inner = jsonIn(text);
    if (inner !== undefined) return JSON.stringify(clean(inner, depth + 1));
    return storable(text)
      .replace(pair, (_all, name: string, between: string) => `${name}${between}${REDACTED}`)
      .replace(CREDENTIALS, `$1 ${REDACTED}`)
      .replace(LONG_NUMBER, (digits) => (isCard(digits) ? REDACTED : digits));
  };
  return clean(value, 0);
}

/** `name=value`, `"name": "value"`, in an address, a header, or JSON that was cut. Looks at each word once. */
function pairOf(names: readonly string[]): RegExp {
  const own = names.map((name) => name.replace(/[^\w]/g, '\\$&'));
  const known = [...PAIR_NAMES, ...own].join('|');
  const quote = `\\\\?["']?`;
  return new RegExp(
    `(?<![\\w-])(?=[\\w-]{0,60}?(?:${known}))([\\w-]+)(${quote}\\s*[:=]\\s*${quote})(?:(?:Bearer|Basic)\\s+)?[^\\s"'\\\\&,;}]+`,
    'gi',
  );
}

function storable(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}

/** The check digit of cards (Luhn). */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const value = place % 2 === 0 ? digit : digit * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
