/** What the domain asks of the database about objects that are to be removed. */

/** An object of the object store that is to go, whatever becomes of its call's record. */
export interface OwedRemoval {
  name: string;
  /** What was being written when it was erased may lie there until then. */
  grows_until: Date;
  due_at: Date;
  /** How often it failed since it last succeeded. */
  attempts: number;
}

/** Owed removals; erasing a call adds them. */
export interface OwedRemovals {
  oweRemoval(row: OwedRemoval): Promise<void>;
  /** The longest due first. */
  dueRemovals(now: Date, limit: number): Promise<OwedRemoval[]>;
  postponeRemoval(
    row: OwedRemoval,
    change: Pick<OwedRemoval, 'due_at' | 'attempts'>,
  ): Promise<void>;
  settleRemoval(row: OwedRemoval): Promise<void>;
  /** Those that failed the last time. */
  countFailedRemovals(): Promise<number>;
}
