/** The languages that the element speaks: those that it ships, each loaded when it is needed, and those that a page adds. */
import type { ShellTexts, Texts } from './texts.js';

/** A language. The button speaks it before its texts are there. */
export interface Language extends Pick<ShellTexts, 'call' | 'direction'> {
  /** Its module, whose only export are the texts; the card has those of English. */
  load?: () => Promise<object>;
  texts?: Texts;
}

/** What is there of English before a call. */
export const ENGLISH = {
  call: 'Talk to us',
  loading: 'The call is being loaded.',
  notLoaded: 'The call could not be loaded. Please try again.',
};

const LANGUAGES: Record<string, Language> = {
  en: ENGLISH,
  de: { call: 'Mit uns sprechen', load: () => import('./de.js') },
  fr: { call: 'Parlez avec nous', load: () => import('./fr.js') },
  es: { call: 'Hable con nosotros', load: () => import('./es.js') },
  pt: { call: 'Fale conosco', load: () => import('./pt.js') },
  it: { call: 'Parla con noi', load: () => import('./it.js') },
  nl: { call: 'Praat met ons', load: () => import('./nl.js') },
  pl: { call: 'Porozmawiaj z nami', load: () => import('./pl.js') },
  ar: { call: 'تحدث إلينا', direction: 'rtl', load: () => import('./ar.js') },
  hi: { call: 'हमसे बात करें', load: () => import('./hi.js') },
  ja: { call: 'お話しください', load: () => import('./ja.js') },
};

/** The entry of a BCP 47 language (also written as `de_DE`), or of the nearest that is less exact. */
export function findLanguage(tag: string): Language | undefined {
  let name = tag.toLowerCase().replaceAll('_', '-');
  while (name && !Object.hasOwn(LANGUAGES, name)) name = name.replace(/[-.]?[^-.]*$/, '');
  return LANGUAGES[name];
}

/** Loads the texts of a language once; resolves with whether they came now. Where they cannot be loaded, English stays. */
export async function loadTexts(tag: string): Promise<boolean> {
  const language = findLanguage(tag);
  if (!language?.load || language.texts) return false;
  try {
    const [texts] = Object.values(await language.load()) as Texts[];
    language.texts ??= texts;
    return true;
  } catch {
    return false;
  }
}

/**
 * Adds a language to every `<dialnexa-call>` of the page, or replaces the texts of one. `tag`: BCP 47, e.g. `sv` or `pt-PT`; the
 * more exact one is taken where a page asks for it. Texts may be spread over those of `english`, to be written one by one.
 */
export function registerTexts(tag: string, texts: Texts): void {
  LANGUAGES[tag.toLowerCase()] = { call: texts.call, direction: texts.direction ?? 'ltr', texts };
}
