/** What an agent wants to say, in plain words with punctuation for pauses, as somebody in the United States reads it out. */
import { latinOnly } from './latin-only.js';
import { sayAbbreviations } from './say-abbreviations.js';
import { sayAddresses } from './say-addresses.js';
import { sayCodes } from './say-codes.js';
import { sayDates } from './say-dates.js';
import { sayLetters } from './say-letters.js';
import { sayMeasures } from './say-measures.js';
import { sayMoney } from './say-money.js';
import { sayNumbers } from './say-numbers.js';
import { sayPhones } from './say-phones.js';
import { sayRoman } from './say-roman.js';
import { saySymbols } from './say-symbols.js';
import { sayTimes } from './say-times.js';
import { tidyPunctuation } from './tidy-punctuation.js';
import { withoutMarkup } from './without-markup.js';

/** From what is written in the most peculiar way to what is plain: each step finds what those before have left. */
const STEPS: readonly ((text: string) => string)[] = [
  latinOnly,
  withoutMarkup,
  sayAddresses,
  sayDates,
  sayTimes,
  sayPhones,
  sayMoney,
  sayMeasures,
  sayAbbreviations,
  sayCodes,
  sayNumbers,
  sayRoman,
  saySymbols,
  sayLetters,
  tidyPunctuation,
];

/**
 * Answers words of English letters (with apostrophes and hyphens inside), single capitals where letters are spelled, and
 * `. , ? ! ; : —`, and nothing else; `''` where nothing can be said. Takes any text, Markdown of a language model included,
 * in time and room that grow with its length. A nought among digits is "zero", in times and years "oh".
 */
export function sayable(text: string): string {
  return STEPS.reduce((said, step) => step(said), text);
}
