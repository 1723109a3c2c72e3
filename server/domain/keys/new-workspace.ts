/** A workspace with the limits that it begins with. */
import { newId } from '../ids.js';
import type { WorkspaceRow } from '../ports/rows.js';

/** 25 calls at once, and the default shares of them. */
export function newWorkspace(name: string, now: Date): WorkspaceRow {
  return {
    id: newId('ws'),
    name,
    concurrency_limit: 25,
    open_calls_per_address: null,
    open_calls_per_visitor: null,
    recording_days: null,
    transcript_days: null,
    analysis_days: null,
    record_days: null,
    created_at: now,
  };
}
