/** The few texts that are there before a call, in every language. */
import { languageIn } from './language-in.js';
import type { ShellTexts, TextOverrides } from './texts.js';

const LANGUAGES: Readonly<Record<string, ShellTexts>> = {
  en: {
    call: 'Talk to us',
    loading: 'The call is being loaded.',
    notLoaded: 'The call could not be loaded. Please try again.',
  },
  de: {
    call: 'Mit uns sprechen',
    loading: 'Der Anruf wird geladen.',
    notLoaded: 'Der Anruf konnte nicht geladen werden. Bitte versuchen Sie es noch einmal.',
  },
};

/** Those of a language, with a page's own over them. */
export function shellTexts(language: string, given: TextOverrides = {}): ShellTexts {
  const texts = { ...languageIn(LANGUAGES, language) };
  for (const name of Object.keys(texts) as (keyof ShellTexts)[]) {
    const own: unknown = given[name];
    if (typeof own === 'string') texts[name] = own;
  }
  return texts;
}
