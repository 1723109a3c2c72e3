/** How often and how long LiveKit tries to reconnect. */
import type { ReconnectPolicy } from './livekit.js';

const FIRST_DELAYS_MS = [0, 300, 1200, 2700];
const LATER_DELAY_MS = 4000;
/** By then the server has ended the call of a caller who is gone. */
const GIVE_UP_AFTER_MS = 20_000;

/** Tries at once, then at growing intervals, for 20 s at most since it was last told that the connection is whole. */
export class ReconnectGrace implements ReconnectPolicy {
  /** LiveKit's own clock stands at an earlier trouble, or at 0, where the browser told that it is online again. */
  #since: number | null = null;

  /** The connection is whole: what comes next is another trouble. */
  whole(): void {
    this.#since = null;
  }

  nextRetryDelayInMs({ retryCount }: { retryCount: number }): number | null {
    this.#since ??= Date.now();
    if (Date.now() - this.#since > GIVE_UP_AFTER_MS) return null;
    return FIRST_DELAYS_MS[retryCount] ?? LATER_DELAY_MS;
  }
}
