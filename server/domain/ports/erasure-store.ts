/** What the domain asks of the database to erase what was said. */
import type { AuditRow } from './audit-store.js';
import type { CallRow, WorkspaceRow } from './rows.js';

/** What goes: `sensitive` is what is left of a call's words beside recording, transcript and analysis; `record` is all of it. */
export type CallPart = 'recording' | 'transcript' | 'analysis' | 'sensitive' | 'record';

/** Erasure. */
export interface ErasureStore {
  /** Holds the call, lets `check` refuse by throwing, erases and notes it; one step. `null`: no such call. */
  eraseCall(
    callId: string,
    parts: readonly CallPart[],
    check: (call: CallRow) => void,
    note: AuditRow | null,
  ): Promise<CallRow | null>;
  /** The object of an erased recording is gone. */
  noteRecordingGone(callId: string): Promise<void>;
  /** Ids of calls that ended before then and still have that part, the oldest first. */
  erasableCalls(
    workspaceId: string,
    part: CallPart,
    before: Date,
    limit: number,
  ): Promise<string[]>;
  /** Those with any retention. */
  workspacesThatForget(): Promise<WorkspaceRow[]>;
  changeWorkspace(
    workspaceId: string,
    changes: Partial<WorkspaceRow>,
  ): Promise<WorkspaceRow | null>;
}
