/** Telephone numbers in what was said, written or digit by digit. */
import { findPhoneNumbersInText, isSupportedCountry } from 'libphonenumber-js/min';
import { digitOf } from './numbers-in.js';

const LONGEST = 4_000;
/** What a number has at least where it is in no known plan. */
const SHORTEST_DIGITS = 7;
const LONGEST_DIGITS = 15;

/**
 * E.164, e.g. `+441632960960`, as far as the numbers are in a plan: the one of the language's country (`en-GB`) or the one that they
 * name. `isAsked`: one is expected, so that digits in no known plan count too, as they were said.
 */
export function phonesIn(text: string, language: string, isAsked: boolean): string[] {
  const written = withDigits(text.slice(0, LONGEST));
  const country = regionOf(language);
  const options = country && isSupportedCountry(country) ? { defaultCountry: country } : {};
  const known = findPhoneNumbersInText(written, options)
    .map(({ number }) => number)
    .filter((number) => number.isPossible())
    .map((number) => number.number);
  if (known.length > 0 || !isAsked) return known;
  const runs = written.match(/\+?\d(?:[\d\s().-]*\d)?/g) ?? [];
  return runs
    .map((run) => `${run.startsWith('+') ? '+' : ''}${run.replaceAll(/\D/g, '')}`)
    .filter((run) => {
      const count = run.replace('+', '').length;
      return count >= SHORTEST_DIGITS && count <= LONGEST_DIGITS;
    });
}

/** "Oh seven double five" as `0755`. */
function withDigits(text: string): string {
  const out: string[] = [];
  let times = 1;
  for (const piece of text.split(/(\s+)/)) {
    const word = piece.toLowerCase().replaceAll(/[^\p{L}\p{N}+]/gu, '');
    if (word === 'double' || word === 'triple') times = word === 'double' ? 2 : 3;
    else if (word === 'plus') out.push('+');
    else {
      const digit = digitOf(word);
      if (digit !== null) out.push(digit.repeat(times));
      else if (!/^\s+$/.test(piece) || !/\d$/.test(out.at(-1) ?? '')) out.push(piece);
      if (!/^\s*$/.test(piece)) times = 1;
    }
  }
  return out.join('').replaceAll(/\+\s+(?=\d)/g, '+');
}

function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}
