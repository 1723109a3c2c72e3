/** What is left to do once a call has ended, and when. */
import { keepsWords } from './keeps-words.js';
import type { CallRow } from './ports/rows.js';
import type { CallChange } from './ports/store.js';

/** What an agent still tells after the end of a call is there by then. */
const LAST_WORDS_MS = 5_000;

/** When the work after a call may begin at the latest; sooner where the agent has told its outcome. */
export function workDue(end: Date, now: Date): Date {
  return new Date(Math.max(now.getTime(), end.getTime() + LAST_WORDS_MS));
}

/** The analysis is to come, where the call may hold one. */
export function queuedAnalysis(call: CallRow): Pick<CallRow, 'analysis_status'> | null {
  return keepsWords(call) ? { analysis_status: 'queued' } : null;
}

/**
 * What is told after the end. Turns: all that was made of the others is made anew. Anything else: its findings are noted
 * again, and what is left to do for the call goes on as it was.
 */
export function withLateNews(call: CallRow, change: CallChange, now: Date): CallChange {
  if (!call.ended_at) return change;
  const due = workDue(now, now);
  if (!change.turns?.length) return { ...change, findingsDueAt: due };
  return {
    ...change,
    changes: { ...change.changes, ...queuedAnalysis(call) },
    workDueAt: due,
  };
}
