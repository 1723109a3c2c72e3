/** What the domain asks of the database to erase what was said. */
import type { AuditRow } from './audit-store.js';
import type { OwedRemoval } from './owed-removals.js';
import type { CallRow, WorkspaceRow } from './rows.js';

/** What goes: `sensitive` is what is left of a call's words beside recording, transcript and analysis; `record` is all of it. */
export type CallPart = 'recording' | 'transcript' | 'analysis' | 'sensitive' | 'record';

/** Erasure. */
export interface ErasureStore {
  /**
   * Holds the call, lets `check` refuse by throwing or tell which object is to be removed, erases, notes it, and owes the
   * removal; one step. `null`: no such call.
   */
  eraseCall(
    callId: string,
    parts: readonly CallPart[],
    note: AuditRow | null,
    check: (call: CallRow) => OwedRemoval | null,
  ): Promise<CallRow | null>;
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
