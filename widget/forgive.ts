/** Makes the properties of an element take whatever a page or a framework sets on them. */
import { GIVEN } from './given-values.js';

/** Defines them on the prototype, where Lit finds them and adds what it needs: each always holds what its type says. */
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
