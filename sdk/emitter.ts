/** A typed event emitter. */

/** Listeners of one event, and whether each is removed after the next one. */
type Listeners = Map<(payload: never) => void, { once: boolean }>;

/**
 * Listeners by the name of their event. An exception of a listener is reported and disturbs neither the call nor other
 * listeners.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Listeners>();

  /** Adds a listener; returns a function that removes it. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    return this.#add(name, listener, false);
  }

  /** Adds a listener for one event; returns a function that removes it. */
  once<Name extends keyof Events>(
    name: Name,
    listener: (payload: Events[Name]) => void,
  ): () => void {
    return this.#add(name, listener, true);
  }

  off<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): void {
    this.#listeners.get(name)?.delete(listener);
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    const listeners = this.#listeners.get(name);
    for (const [listener, { once }] of [...(listeners ?? [])]) {
      if (once) listeners?.delete(listener);
      try {
        (listener as (payload: Events[Name]) => void)(payload);
      } catch (error) {
        report(error);
      }
    }
  }

  #add<Name extends keyof Events>(
    name: Name,
    listener: (payload: Events[Name]) => void,
    once: boolean,
  ): () => void {
    const listeners = this.#listeners.get(name) ?? (new Map() as Listeners);
    this.#listeners.set(name, listeners);
    // A listener that `on` has added is not removed by `once`.
    listeners.set(listener, { once: once && listeners.get(listener)?.once !== false });
    return () => this.off(name, listener);
  }
}

function report(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else console.error(error);
}
