/** What stands between this process and its database, told apart for whoever must mend it. */

/** Why the database cannot be used. */
export type StoreFault =
  | 'unreachable'
  | 'refused'
  | 'wrong_password'
  | 'no_such_database'
  | 'too_old'
  | 'overloaded'
  | 'slow_query'
  | 'in_use';

const SENTENCES: Record<StoreFault, string> = {
  unreachable: 'PostgreSQL cannot be reached at DATABASE_URL',
  refused: 'PostgreSQL refuses to serve: it is starting, stopping or read-only',
  wrong_password: 'PostgreSQL refuses the user or password of DATABASE_URL',
  no_such_database: 'PostgreSQL has no database of the name in DATABASE_URL',
  too_old: 'PostgreSQL is too old',
  overloaded: 'PostgreSQL has no connection or no room left, or answers too slowly',
  in_use: 'Another process uses the database in DATA_DIR',
  slow_query: 'PostgreSQL gave up one query that took too long',
};

/** Codes of the system and of PostgreSQL (Appendix A of its manual), or how they begin. */
const FAULT_OF_CODE: readonly (readonly [RegExp, StoreFault])[] = [
  [/^(28P01|28000)$/, 'wrong_password'],
  [/^3D000$/, 'no_such_database'],
  [/^(57P0[123]|25006|57P05)$/, 'refused'],
  [/^53/, 'overloaded'],
  [/^57014$/, 'slow_query'],
  [/^(08|E[A-Z]+$|EAI_)/, 'unreachable'],
];

/** Sentences of the driver, which have no code. */
const FAULT_OF_MESSAGE: readonly (readonly [RegExp, StoreFault])[] = [
  [/password must be a string|SASL/, 'wrong_password'],
  [/timeout exceeded when trying to connect|Query read timeout/, 'overloaded'],
  [
    /Connection terminated|connection error|not queryable|timeout expired|pool after/,
    'unreachable',
  ],
];

/** The database cannot be used now; asking again later may help. */
export class StoreError extends Error {
  readonly code = 'database_unavailable';
  readonly fault: StoreFault;

  private constructor(fault: StoreFault, detail: string, cause?: unknown) {
    super(`${SENTENCES[fault]}${detail}.`, { cause });
    this.name = 'StoreError';
    this.fault = fault;
  }

  /** The server's version is below what the queries need. */
  static tooOld(version: string, needed: string): StoreError {
    return new StoreError('too_old', `: it is ${version}, and ${needed} is needed`);
  }

  /** PGlite's folder is for one process at a time. */
  static folderInUse(pid: number): StoreError {
    return new StoreError('in_use', ` (process ${pid}): stop it first`);
  }

  /** Not opened yet. */
  static notOpen(): StoreError {
    return new StoreError('unreachable', '; it has not answered yet');
  }

  /** Reads an error of the driver; `null` when the database is there and the query is at fault. */
  static from(error: unknown): StoreError | null {
    if (error instanceof StoreError) return error;
    for (let at: unknown = error; at instanceof Error; at = at.cause) {
      const fault = faultOf(at);
      const code = codeOf(at);
      if (fault) return new StoreError(fault, code ? ` (${code})` : '', error);
    }
    return null;
  }
}

function faultOf(error: Error): StoreFault | null {
  const code = codeOf(error);
  const byCode = code && FAULT_OF_CODE.find(([pattern]) => pattern.test(code));
  if (byCode) return byCode[1];
  return FAULT_OF_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1] ?? null;
}

function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Several addresses were tried: any of their codes will do.
  if (error instanceof AggregateError) {
    const first: unknown = error.errors[0];
    if (first instanceof Error) return codeOf(first);
  }
  return '';
}
