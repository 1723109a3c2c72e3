/** Lets the properties of the element take any value that a page or a framework sets. */
import { GIVEN } from './given-values.js';

/** Defines accessors on the prototype, which Lit wraps: every value is converted to its property's type by `GIVEN`. */
export function forgive(prototype: HTMLElement): void {
  const held = new WeakMap<HTMLElement, Record<string, unknown>>();
  for (const [name, read] of Object.entries(GIVEN)) {
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return held.get(this)?.[name];
      },
      set(this: HTMLElement, given: unknown) {
        const values = held.get(this) ?? {};
        held.set(this, values);
        values[name] = read(given);
      },
    });
  }
}
