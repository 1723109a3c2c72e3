/** The languages of explanations. */
import { highest } from '../highest.js';
import { english } from './english.js';
import { german } from './german.js';
import type { Texts } from './texts.js';

/** By the primary subtag of BCP 47; the first is the default. */
export const LANGUAGES = { en: english, de: german } as const satisfies Record<string, Texts>;

/** A language that explanations are written in. */
export type Language = keyof typeof LANGUAGES;

/** Every one, the default first. */
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as [Language, ...Language[]];

/** Ranges of a header that are looked at. */
const MOST_RANGES = 20;

/**
 * The language that a reader's `Accept-Language` likes best, or the default.
 *
 * @example
 * preferredLanguage('fr-CH, de;q=0.8, *;q=0.1') // 'de'
 */
export function preferredLanguage(header: string | undefined): Language {
  const ranges = (header ?? '').slice(0, 1_000).split(',').slice(0, MOST_RANGES);
  const wanted = ranges.flatMap((range) => {
    const [tag = '', ...parameters] = range
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const quality = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    const language = LANGUAGE_CODES.find((code) => tag === code || tag.startsWith(`${code}-`));
    return language && quality > 0 ? [{ language, quality }] : [];
  });
  const best = highest(wanted, ({ quality }) => quality);
  return best?.language ?? LANGUAGE_CODES[0];
}
