/** Typed events. */

/** A listener, and whether it has heard enough after one event. */
type Hearing = Map<(payload: never) => void, { once: boolean }>;

/** Listeners by name. A listener that throws disturbs neither the call nor other listeners. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Hearing>();

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
    const hearing = this.#listeners.get(name);
    for (const [listener, { once }] of [...(hearing ?? [])]) {
      if (once) hearing?.delete(listener);
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
    const hearing = this.#listeners.get(name) ?? (new Map() as Hearing);
    this.#listeners.set(name, hearing);
    // Who hears every event hears the next one, too.
    hearing.set(listener, { once: once && hearing.get(listener)?.once !== false });
    return () => this.off(name, listener);
  }
}

function report(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else console.error(error);
}
