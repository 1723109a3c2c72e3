/** The few texts that are there before a call, in every language. */
import { findLanguage } from './languages.js';
import type { ShellTexts, TextOverrides } from './texts.js';

const ENGLISH = {
  call: 'Talk to us',
  loading: 'The call is being loaded.',
  notLoaded: 'The call could not be loaded. Please try again.',
};

/** Those of a language, with a page's own over them. What is still on the way with its texts is English, or not said. */
export function shellTexts(language: string, given: TextOverrides = {}): ShellTexts {
  const found = findLanguage(language);
  const texts: ShellTexts = {
    ...ENGLISH,
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
