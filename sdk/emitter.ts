/** Typed events. */

/** A listener, and whether it has heard enough after one event. */
type Listeners = Map<(payload: never) => void, { once: boolean }>;

/** Listeners by name. A listener that throws disturbs neither the call nor other listeners. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Listeners>();

  /** Returns how to stop listening. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
    return this.#add(name, listener, false);
  }

  /** The same, for one event. */
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
    // Who hears every event hears the next one, too.
    listeners.set(listener, { once: once && listeners.get(listener)?.once !== false });
    return () => this.off(name, listener);
  }
}

function report(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else console.error(error);
}
