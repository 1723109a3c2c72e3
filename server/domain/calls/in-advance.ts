/** Calls created in advance: LiveKit front ends fetch a token when the page loads and after every call, perhaps for nothing. */
import type { CallRow } from '../ports/rows.js';

/** Whether nobody has joined yet: such a call uses no capacity, is in no list, and is deleted when its grant expires. */
export function isInAdvance(call: Pick<CallRow, 'route' | 'started_at' | 'ended_at'>): boolean {
  return call.route.entry_point === 'livekit_token' && !call.started_at && !call.ended_at;
}
