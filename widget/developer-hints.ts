/** Tells the developer of a page in the console what visitors are not told so exactly. */
import type { CallError } from '../sdk/index.js';

/** Each fault once, until there is another one. */
export class DeveloperHints {
  readonly #element: HTMLElement;
  #said = '';

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Whether it was new. What a visitor can do something about is none of the developer's. */
  say(error: CallError): boolean {
    if (error.fault === 'user' || error.message === this.#said) return false;
    this.#said = error.message;
    const remedy = error.remedy === error.message ? '' : ` ${error.remedy}`;
    console.error(`<dialnexa-call>: ${error.message}${remedy}`, this.#element);
    return true;
  }
}
