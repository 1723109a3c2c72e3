/** Writes errors that only the developer of the page can mend to the browser's console. */
import type { CallError } from '../sdk/index.js';

/** Writes each error once, until a different one comes. */
export class DeveloperHints {
  protected readonly element: HTMLElement;
  #said = '';

  constructor(element: HTMLElement) {
    this.element = element;
  }

  /** Writes an error, unless it was the last one or the visitor can act on it; returns whether it did. */
  say(error: Pick<CallError, 'fault' | 'message' | 'remedy'>): boolean {
    if (error.fault === 'user' || error.message === this.#said) return false;
    this.#said = error.message;
    const remedy = error.remedy === error.message ? '' : ` ${error.remedy}`;
    console.error(`<dialnexa-call>: ${error.message}${remedy}`, this.element);
    return true;
  }
}
