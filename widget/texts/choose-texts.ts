/** Picks a language and lays a page's own words over it. */
import { german } from './de.js';
import { english } from './en.js';
import type { TextOverrides, Texts } from './texts.js';

const LANGUAGES: Readonly<Record<string, Texts>> = { en: english, de: german };

/** The texts of a BCP 47 language, English where it is unknown. */
export function chooseTexts(language: string, overrides: TextOverrides = {}): Texts {
  const base = LANGUAGES[language.toLowerCase().split('-')[0] ?? ''] ?? english;
  const { stages, agentStates, endReasons, errors, ...plain } = overrides;
  return {
    ...base,
    ...plain,
    stages: { ...base.stages, ...stages },
    agentStates: { ...base.agentStates, ...agentStates },
    endReasons: { ...base.endReasons, ...endReasons },
    errors: { ...base.errors, ...errors },
  };
}
