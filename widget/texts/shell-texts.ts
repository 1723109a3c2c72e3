/** The few texts that are there before a call, in every language. */
import { ENGLISH, findLanguage } from './languages.js';
import type { ShellTexts, TextOverrides } from './texts.js';

/** Those of a language, with a page's own over them. What is still on the way with its texts is English, or not said. */
export function shellTexts(language: string, given: TextOverrides = {}): ShellTexts {
  const found = findLanguage(language);
  const texts: ShellTexts = {
    ...ENGLISH,
    ...(found && { direction: 'ltr' }),
    ...(found?.load && { loading: '' }),
    ...found,
    ...found?.texts,
  };
  for (const name of Object.keys(ENGLISH) as (keyof typeof ENGLISH)[]) {
    const own: unknown = given[name];
    if (typeof own === 'string') texts[name] = own;
  }
  return texts;
}
