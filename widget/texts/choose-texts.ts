/** Chooses the texts of a language, with a page's own texts over them. */
import { german } from './de.js';
import { english } from './en.js';
import { languageIn } from './language-in.js';
import type { TextOverrides, Texts } from './texts.js';

const LANGUAGES: Readonly<Record<string, Texts>> = { en: english, de: german };

/** The texts of a BCP 47 language (also written as `de_DE`); English when there are none. */
export function chooseTexts(language: string, overrides: TextOverrides = {}): Texts {
  return overlay(languageIn(LANGUAGES, language), overrides);
}

/** Replaces texts by those of the page; values of the wrong type are ignored. */
function overlay<T>(base: T, given: object): T {
  const all = { ...(base as Record<string, unknown>) };
  for (const [name, value] of Object.entries(given) as [string, unknown][]) {
    const own = all[name];
    if (typeof value === 'string' && typeof own !== 'object') all[name] = value;
    else if (isRecord(value) && (own === undefined || isRecord(own))) {
      all[name] = overlay(own ?? {}, value);
    }
  }
  return all as T;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
