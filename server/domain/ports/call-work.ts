/** What the domain asks of the queue of what is left to do for calls that have ended. Every method is one transaction. */
import type { CallWorkRow, WholeCallRow } from './rows.js';

/** Work of which somebody holds the claim. */
export interface ClaimedWork extends CallWorkRow {
  claimed_by: string;
}

/** What an analysis writes. */
export type AnalysisChange = Partial<
  Pick<WholeCallRow, 'analysis' | 'analysis_status' | 'summary' | 'sentiment' | 'json_output'>
>;

/**
 * The queue. A call has one row in it, from the transaction that ends it until all is done. Whoever asks for the work anew takes it
 * from whoever is at it: what that one then writes changes nothing.
 */
export interface CallWorkStore {
  /** Takes what is due and nobody else holds, longest due first, until `until`; counts the attempt. */
  claimWork(claimant: string, now: Date, until: Date, limit: number): Promise<ClaimedWork[]>;
  /**
   * A completed one, and one that is given up, is owed to the workspace's webhooks. `false`, and nothing of it is written: the claim is lost, or the call may
   * hold no analysis (any more): it then has none.
   */
  keepAnalysis(work: ClaimedWork, change: AnalysisChange): Promise<boolean>;
  /** All is done, unless there is news since it was claimed: then it begins anew when that is due. */
  finishWork(work: ClaimedWork): Promise<void>;
  /** It is due again then, or, with `dead_at`, given up. */
  postponeWork(
    work: ClaimedWork,
    change: Pick<CallWorkRow, 'due_at' | 'error' | 'dead_at'>,
  ): Promise<void>;
  /** Due then at the latest, where there is work that nobody is at and that has not failed. */
  hastenWork(callId: string, due: Date): Promise<void>;
  /** Begins anew, analysis included, for those of the calls that have ended and may hold one; answers their ids. */
  requeueWork(workspaceId: string, callIds: readonly string[], due: Date): Promise<string[]>;
}
