/** How often and how long LiveKit tries to reconnect. */
import type { ReconnectPolicy } from './livekit.js';

const FIRST_DELAYS_MS = [0, 300, 1200, 2700];
const LATER_DELAY_MS = 4000;
/** By then the server has ended the call of a caller who is gone. */
const GIVE_UP_AFTER_MS = 20_000;

/** Tries at once, then at growing intervals, for 20 s at most. */
export const reconnectPolicy: ReconnectPolicy = {
  nextRetryDelayInMs: ({ retryCount, elapsedMs }) =>
    elapsedMs > GIVE_UP_AFTER_MS ? null : (FIRST_DELAYS_MS[retryCount] ?? LATER_DELAY_MS),
};
