/** The few texts that are there before a call, in every language. */
import { languageIn } from './language-in.js';
import type { ShellTexts, TextOverrides } from './texts.js';

const LANGUAGES: Readonly<Record<string, ShellTexts>> = {
  en: { call: 'Talk to us', notLoaded: 'The call could not be loaded. Please try again.' },
  de: {
    call: 'Mit uns sprechen',
    notLoaded: 'Der Anruf konnte nicht geladen werden. Bitte versuchen Sie es noch einmal.',
  },
};

/** Those of a language, with a page's own over them. */
export function shellTexts(language: string, { call, notLoaded }: TextOverrides = {}): ShellTexts {
  const texts = languageIn(LANGUAGES, language);
  return { call: textOr(call, texts.call), notLoaded: textOr(notLoaded, texts.notLoaded) };
}

function textOr(given: unknown, own: string): string {
  return typeof given === 'string' ? given : own;
}
