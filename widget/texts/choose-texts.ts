/** Picks a language and lays a page's own words over it. */
import { german } from './de.js';
import { english } from './en.js';
import type { TextOverrides, Texts } from './texts.js';

const LANGUAGES: Readonly<Record<string, Texts>> = { en: english, de: german };

/** The texts of a language, English where it is unknown; takes `de_DE` as well as BCP 47. */
export function chooseTexts(language: string, overrides: TextOverrides = {}): Texts {
  const base = LANGUAGES[/^[a-z]*/i.exec(language)?.[0].toLowerCase() ?? ''] ?? english;
  return overlay(base, overrides);
}

/** Where a page gives nothing of use, the language's own words stay. */
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
