/** Puts a page's own texts over those of a language. */
import type { TextOverrides, Texts } from './texts.js';

/** Texts of the page replace those of the language; values of the wrong type are ignored. */
export function chooseTexts(texts: Texts, overrides: TextOverrides): Texts {
  return overlay(texts, overrides);
}

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
