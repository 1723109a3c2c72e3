/** For `events`: what LiveKit's client uses of an emitter. No warning about many listeners, no event about listeners. */

export class EventEmitter {
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...this.#of(name), { listener, call: listener }]);
    return this;
  }

  once(name, listener) {
    const entry = {
      listener,
      call: (...values) => {
        if (entry.isOver) return;
        entry.isOver = true;
        this.#drop(name, entry);
        listener.apply(this, values);
      },
    };
    this.#listeners.set(name, [...this.#of(name), entry]);
    return this;
  }

  off(name, listener) {
    this.#drop(
      name,
      this.#of(name).findLast((entry) => entry.listener === listener),
    );
    return this;
  }

  removeAllListeners() {
    this.#listeners.clear();
    return this;
  }

  emit(name, ...values) {
    const called = this.#of(name);
    for (const { call } of called) call.apply(this, values);
    return called.length > 0;
  }

  listenerCount(name) {
    return this.#of(name).length;
  }

  setMaxListeners() {
    return this;
  }

  #of(name) {
    return this.#listeners.get(name) ?? [];
  }

  #drop(name, gone) {
    this.#listeners.set(
      name,
      this.#of(name).filter((entry) => entry !== gone),
    );
  }
}

export default EventEmitter;
