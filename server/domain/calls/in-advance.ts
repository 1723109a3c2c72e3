/** Calls that a front end of LiveKit asked for in advance: it fetches a token with its page, and after every call. */
import type { CallRow } from '../ports/rows.js';

/** Nobody has joined it yet: until then it takes no capacity, stands in no list, and is forgotten when its grant runs out. */
export function isInAdvance(call: Pick<CallRow, 'route' | 'started_at' | 'ended_at'>): boolean {
  return call.route.entry_point === 'livekit_token' && !call.started_at && !call.ended_at;
}
