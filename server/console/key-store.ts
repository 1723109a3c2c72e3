/** Keeps the operator's key for this tab, and no longer. */

const NAME = 'dialnexa-console-key';

/** The key of this tab, or `null`. */
export function readKey(): string | null {
  return sessionStorage.getItem(NAME);
}

/** Remembers it until the tab is closed; `null` forgets it at once. */
export function keepKey(key: string | null): void {
  if (key === null) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, key);
}
