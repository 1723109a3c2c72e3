/** Keeps times that an agent reports within the call. */
import type { CallRow } from './ports/rows.js';

/** How far an agent's clock may be ahead before its times are replaced. */
const CLOCK_SLACK_MS = 120_000;

/** Clamps the moment to the call: not before its start, not after its end, and while it goes on not well after now. */
export function withinCall(call: CallRow, moment: Date, now: Date): Date {
  const earliest = call.created_at.getTime();
  const latest = call.ended_at?.getTime() ?? now.getTime() + CLOCK_SLACK_MS;
  return new Date(Math.min(latest, Math.max(earliest, moment.getTime() || now.getTime())));
}
