/** PGlite runs in this process: between its queries others get their turn. */
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

const TURN_MS = 5;

/** Lets the event loop go on whenever its queries took more than 5 ms since it last did. */
export function takeTurns(client: PGlite): void {
  const execute = client.execProtocolRaw.bind(client);
  let busyMs = 0;
  client.execProtocolRaw = async (message, options) => {
    const before = performance.now();
    const answer = await execute(message, options);
    busyMs += performance.now() - before;
    if (busyMs > TURN_MS) {
      busyMs = 0;
      await setImmediate();
    }
    return answer;
  };
}
