/** Numbers in what was said, written or in English words: "427", "four two seven", "1,250.50", "two hundred and five". */

const UNITS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen ' +
  'sixteen seventeen eighteen nineteen'
).split(' ');
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const LARGE: Readonly<Record<string, number>> = { thousand: 1_000, million: 1_000_000 };
/** "That one" counts nothing. */
const BEFORE_A_PRONOUN = ['that', 'this', 'which', 'the', 'any', 'no', 'another', 'every', 'each'];
const TOKEN = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\p{L}+/gu;
const LONGEST = 20_000;

/** The numbers, in order; digits that were said one by one are one number. */
export function numbersIn(text: string): number[] {
  const tokens = text.slice(0, LONGEST).toLowerCase().match(TOKEN) ?? [];
  const found: number[] = [];
  let at = 0;
  while (at < tokens.length) {
    const read = readDigits(tokens, at) ?? readWords(tokens, at);
    if (read) found.push(read.value);
    at = read ? read.end : at + 1;
  }
  return found.filter((value) => Number.isFinite(value));
}

interface Read {
  value: number;
  end: number;
}

/** The digit of a word that is one; `oh` only among others. */
export function digitOf(token: string | undefined): string | null {
  if (token === undefined) return null;
  if (/^\d$/.test(token)) return token;
  if (token === 'oh' || token === 'o') return '0';
  const unit = UNITS.indexOf(token);
  return unit >= 0 && unit < 10 ? String(unit) : null;
}

function readDigits(tokens: readonly string[], from: number): Read | null {
  const { digits, end } = digitsFrom(tokens, from);
  if (digits.length < 2 || tokens[from] === 'o' || tokens[from] === 'oh') return null;
  // "Five hundred" begins with a digit too.
  if (isScale(tokens[end])) return null;
  return { value: Number(digits), end };
}

function isScale(token: string | undefined): boolean {
  return token === 'hundred' || (token !== undefined && Object.hasOwn(LARGE, token));
}

function readWords(tokens: readonly string[], from: number): Read | null {
  const first = tokens[from] ?? '';
  if (first === 'one' && BEFORE_A_PRONOUN.includes(tokens[from - 1] ?? '')) return null;
  let total = 0;
  let part = 0;
  let at = from;
  let isTens = false;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    const value = simpleValue(token);
    if (value !== null) {
      const joins =
        at === from ||
        isScale(tokens[at - 1]) ||
        tokens[at - 1] === 'and' ||
        (isTens && value < 10);
      if (!joins) break;
      part += value;
      isTens = TENS.includes(token);
    } else if (at > from && token === 'hundred') part = Math.max(part, 1) * 100;
    else if (at > from && Object.hasOwn(LARGE, token)) {
      total += part * (LARGE[token] ?? 1);
      part = 0;
    } else if (!(
      token === 'and' &&
      isScale(tokens[at - 1]) &&
      simpleValue(tokens[at + 1] ?? '') !== null
    ))
      break;
  }
  if (at === from) return null;
  const point = tokens[at] === 'point' ? digitsFrom(tokens, at + 1) : null;
  if (point?.digits) return { value: Number(`${total + part}.${point.digits}`), end: point.end };
  return { value: total + part, end: at };
}

function simpleValue(token: string): number | null {
  if (/^\d/.test(token)) return Number(token.replaceAll(',', ''));
  const unit = UNITS.indexOf(token);
  if (unit >= 0) return unit;
  const tens = TENS.indexOf(token);
  return tens >= 0 ? (tens + 2) * 10 : null;
}

/** As many as there are in a row; `end` is after the last one. */
function digitsFrom(tokens: readonly string[], from: number): { digits: string; end: number } {
  let digits = '';
  let at = from;
  for (let digit = digitOf(tokens[at]); digit !== null; digit = digitOf(tokens[at])) {
    digits += digit;
    at += 1;
  }
  return { digits, end: at };
}
