/** A fault at start that the operator can mend: one plain sentence, no stack. */

/** What stands in the way, and what to do about it. */
export class StartFault extends Error {
  private constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StartFault';
  }

  /** The port cannot be bound. */
  static listening(host: string, port: number, cause: unknown): StartFault {
    const code = codeOf(cause);
    if (code === 'EADDRINUSE') {
      return new StartFault(`Port ${port} is already in use: set PORT to a free one.`, cause);
    }
    if (code === 'EACCES') {
      return new StartFault(`Port ${port} needs more rights: set PORT to one above 1023.`, cause);
    }
    return new StartFault(`Cannot listen on HOST ${host}, port ${port} (${code}).`, cause);
  }

  /** The agent's file cannot be read, or says nothing that could be published; the sentence tells where. */
  static agentFile(cause: unknown): StartFault {
    return new StartFault(cause instanceof Error ? cause.message : String(cause), cause);
  }

  /** The database does not open. Its address holds a password, so it is not repeated. */
  static database(databaseUrl: string | null, cause: unknown): StartFault {
    if (cause instanceof Error && cause.name === 'StoreError') {
      return new StartFault(cause.message, cause);
    }
    const code = codeOf(cause);
    if (databaseUrl === null) {
      return new StartFault(
        `The database in DATA_DIR cannot be opened (${code}): is another server using it?`,
        cause,
      );
    }
    return new StartFault(
      `The database at DATABASE_URL cannot be opened (${code}): check its address and password.`,
      cause,
    );
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if ('code' in cause) return String(cause.code);
  return cause.cause ? codeOf(cause.cause) : cause.name;
}
