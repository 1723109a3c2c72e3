/** How long a broken connection is tried again. */
import type { ReconnectPolicy } from './livekit.js';

const FIRST_DELAYS_MS = [0, 300, 1200, 2700];
const LATER_DELAY_MS = 4000;
/** By then the server has taken the caller for gone, and there is no call to come back to. */
const GIVE_UP_AFTER_MS = 20_000;

/** Tries at once, then ever more slowly, then no more. */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount, elapsedMs }) =>
    elapsedMs > GIVE_UP_AFTER_MS ? null : (FIRST_DELAYS_MS[retryCount] ?? LATER_DELAY_MS),
};
