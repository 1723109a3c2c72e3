/** Times that an agent tells, held against the call's own. */
import type { CallRow } from './ports/rows.js';

/** An agent's clock may be off by so much before its times are taken for nonsense. */
const CLOCK_SLACK_MS = 120_000;

/** No time of an agent may lie before the call or after its end; while it goes on, not well after now. */
export function withinCall(call: CallRow, moment: Date, now: Date): Date {
  const earliest = call.created_at.getTime();
  const latest = call.ended_at?.getTime() ?? now.getTime() + CLOCK_SLACK_MS;
  return new Date(Math.min(latest, Math.max(earliest, moment.getTime() || now.getTime())));
}
