/** A text for the next page of the same tab, in its session storage: nothing is there but between two pages of a call. */

const NAME = 'dialnexa-call';

/** Keeps a text, or `null`: takes it away. Where the browser forbids storage nothing is kept. */
export function keepText(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, text);
  } catch {
    // The call ends, as it does without this.
  }
}

/** The text that is kept; `null`: none. */
export function keptText(): string | null {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}
