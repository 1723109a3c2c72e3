/** Knows when the agent knows the caller again, who has joined anew: until then it drops what the caller sends it. */

/** A caller without a microphone is never seen to be heard. */
const MOST_MS = 1000;

/** What a session tells of its reconnects, and what a message to the agent waits for. */
export class KnownAgain {
  #settled: Promise<unknown> = Promise.resolve();
  #settle: () => void = () => {};

  /** The connection is lost for good, and the room is joined anew. `whole`: messages are sent again. */
  lost(whole: Promise<void>): void {
    this.#settle();
    this.#settled = Promise.all([whole, new Promise<void>((resolve) => (this.#settle = resolve))]);
  }

  /** The room is joined: the agent is told of it by another way than messages go. */
  joined(): void {
    setTimeout(this.#settle, MOST_MS);
  }

  /** Somebody hears the caller, or the session is over. */
  seen(): void {
    this.#settle();
  }

  /** Resolves at once but after a reconnect, and then within a second of the room's and of LiveKit's being through with it. */
  get settled(): Promise<void> {
    return this.#wait();
  }

  /** A connection that is lost again lets go who waits for the former return: the next one is to be waited for. */
  async #wait(): Promise<void> {
    let last;
    while (last !== this.#settled) await (last = this.#settled);
  }
}
