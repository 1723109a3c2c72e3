/** What visitors are told of an error. */
import { ERROR_TABLE, type CallError } from '../../sdk/index.js';
import type { Texts } from '../texts/texts.js';

/** A sentence and the language that it is in. */
export interface Sentence {
  text: string;
  lang: string;
}

/**
 * Message and remedy for visitors, from the texts of their language, else of the error table, which is English. What an
 * error knows better than these is for the owner of the page, and in the browser's console.
 */
export function errorText(error: CallError, texts: Texts): { message: Sentence; remedy: Sentence } {
  const own = error.reason
    ? texts.textFaults[error.reason]
    : (texts.errors[error.code] ?? texts.otherErrors[error.fault]);
  const { message, remedy } = own ?? ERROR_TABLE[error.code];
  const lang = own ? texts.language : 'en';
  return { message: { text: message, lang }, remedy: { text: remedy, lang } };
}
