/** Moments of a call as its record shows them. */
import type { CallRow } from './ports/rows.js';

/** Milliseconds after the call's start, of one that has not started after it was made; not below 0. */
export function sinceStart(call: Pick<CallRow, 'started_at' | 'created_at'>, moment: Date): number {
  return Math.max(0, moment.getTime() - (call.started_at ?? call.created_at).getTime());
}
