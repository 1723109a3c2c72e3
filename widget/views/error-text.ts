/** What visitors are told of an error. */
import { ERROR_TABLE, type CallError } from '../../sdk/index.js';
import type { Texts } from '../texts/texts.js';

/** A sentence and the language that it is in. */
export interface Sentence {
  text: string;
  lang: string;
}

/**
 * Message and remedy for visitors, from the texts of their language. A more exact message of the error, which is
 * English, is shown only when the visitor can act on it; the owner finds it in the browser's console.
 */
export function errorText(error: CallError, texts: Texts): { message: Sentence; remedy: Sentence } {
  const english = (text: string): Sentence => ({ text, lang: 'en' });
  const translated = (text: string): Sentence => ({ text, lang: texts.language });
  if (error.reason) {
    const { message, remedy } = texts.textFaults[error.reason];
    return { message: translated(message), remedy: translated(remedy) };
  }
  const own = texts.errors[error.code] ?? texts.otherErrors[error.fault];
  const { remedy } = ERROR_TABLE[error.code];
  const isExact = error.remedy !== remedy && error.fault === 'user';
  return {
    message: own ? translated(own.message) : english(error.summary),
    remedy: own && !isExact ? translated(own.remedy) : english(isExact ? error.remedy : remedy),
  };
}
