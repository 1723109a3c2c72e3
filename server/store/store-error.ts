/** The error of the database: why it cannot be used, in terms of what an operator must mend. */

/** What is wrong. */
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

/** Error codes of Node.js and of PostgreSQL (Appendix A of its manual), or their beginnings. */
const FAULT_OF_CODE: readonly (readonly [RegExp, StoreFault])[] = [
  [/^(28P01|28000)$/, 'wrong_password'],
  [/^3D000$/, 'no_such_database'],
  [/^(57P0[123]|25006|57P05)$/, 'refused'],
  [/^53/, 'overloaded'],
  [/^57014$/, 'slow_query'],
  [/^(08|E[A-Z]+$|EAI_)/, 'unreachable'],
];

/** Messages of the driver's errors that have no code. */
const FAULT_OF_MESSAGE: readonly (readonly [RegExp, StoreFault])[] = [
  [/password must be a string|SASL/, 'wrong_password'],
  [/timeout exceeded when trying to connect|Query read timeout/, 'overloaded'],
  [
    /Connection terminated|connection error|not queryable|timeout expired|pool after/,
    'unreachable',
  ],
];

/** The database cannot be used now; a later try may succeed. */
export class StoreError extends Error {
  readonly code = 'database_unavailable';
  readonly fault: StoreFault;

  private constructor(fault: StoreFault, detail: string, cause?: unknown) {
    super(`${SENTENCES[fault]}${detail}.`, { cause });
    this.name = 'StoreError';
    this.fault = fault;
  }

  /** The version of the server is below the oldest supported one. */
  static tooOld(version: string, needed: string): StoreError {
    return new StoreError('too_old', `: it is ${version}, and ${needed} is needed`);
  }

  /** Another process uses PGlite's folder. */
  static folderInUse(pid: number): StoreError {
    return new StoreError('in_use', ` (process ${pid}): stop it first`);
  }

  /** The database was unreachable at the start and has not been opened since. */
  static notOpen(): StoreError {
    return new StoreError('unreachable', '; it has not answered yet');
  }

  /** The `StoreError` of a driver's error; `null` when the database works and the query itself is wrong. */
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
  // Several addresses of one name were tried; the code of the first will do.
  if (error instanceof AggregateError) {
    const first: unknown = error.errors[0];
    if (first instanceof Error) return codeOf(first);
  }
  return '';
}
