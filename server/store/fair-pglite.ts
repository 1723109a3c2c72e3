/** PGlite runs in this process: between its queries others get their turn. */
import { setImmediate } from 'node:timers/promises';
import { PGlite, type ExecProtocolOptions } from '@electric-sql/pglite';

const TURN_MS = 5;

/** PGlite that lets the event loop go on when its queries took more than 5 ms since it last did. */
export class FairPglite extends PGlite {
  #busyMs = 0;

  override async execProtocolRaw(
    message: Uint8Array,
    options?: ExecProtocolOptions,
  ): Promise<Uint8Array> {
    const before = performance.now();
    const answer = await super.execProtocolRaw(message, options);
    this.#busyMs += performance.now() - before;
    if (this.#busyMs > TURN_MS) {
      this.#busyMs = 0;
      await setImmediate();
    }
    return answer;
  }
}
