/** Types of `compare.mjs`, which the runner needs before anything is compiled. */

/** What became of a test on one server; "unsteady" passed only when it was run again. */
export interface Outcome {
  outcome: 'passed' | 'unsteady' | 'failed' | 'skipped';
  why: string;
}

/** One suite on both servers. */
export interface Comparison {
  groups: Record<'both' | 'livekitOnly' | 'embeddedOnly' | 'neither' | 'skipped', string[]>;
  /** Differences that nobody knew of. */
  found: { test: string; why: string }[];
  /** Known differences that are none any more. */
  stale: string[];
  unsteady: string[];
}

/** Puts the outcomes of one suite on two servers side by side. */
export declare function compare(
  livekit: Record<string, Outcome>,
  embedded: Record<string, Outcome>,
  known: Record<string, string>,
): Comparison;
