/** Lets the properties of the element take any value that a page or a framework sets. */
import { GIVEN } from './given-values.js';

/** Of each property its value, and what that was made of; the latter is cut off where the page has not given it. */
export type Given = Record<string, [value: unknown, given?: unknown]>;

/** Defines accessors on the prototype, which Lit wraps: every value is converted to its property's type by `GIVEN`. */
export function forgive(prototype: HTMLElement): void {
  for (const [name, read] of Object.entries(GIVEN)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: { given?: Given }) {
        return this.given?.[name]?.[0];
      },
      set(this: { given?: Given }, given: unknown) {
        (this.given ??= {})[name] = [read(given), given];
      },
    });
  }
}
