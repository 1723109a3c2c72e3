/** What some work asked of the database. */
export interface Traffic {
  statements: number;
  /** Bytes of rows that came from the database, and of everything that went to it. */
  read: number;
  written: number;
}
/** Counts from now on, until told to stop. `PGlite` is the class that the databases are opened with. */
export function watchTraffic(PGlite: { prototype: object }): {
  /** What the work cost; everything else that asks the database meanwhile is counted as well. */
  during(work: () => Promise<unknown>): Promise<Traffic>;
  /** How large the latest database is. */
  databaseBytes(): Promise<number>;
  stop(): void;
};
