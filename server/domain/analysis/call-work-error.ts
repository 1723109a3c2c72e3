/** Why work on a call that has ended could not be done now. */

/** The message is one sentence for the record. */
export class CallWorkError extends Error {
  private constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'CallWorkError';
  }

  /** The analyst's own words, which are bounded and name nothing secret. */
  static analysis(cause: unknown): CallWorkError {
    return new CallWorkError(
      cause instanceof Error ? cause.message : 'The analysis failed.',
      cause,
    );
  }

  /** A fault of this server: its log tells more. */
  static broke(): CallWorkError {
    return new CallWorkError('This server failed; its log tells why.');
  }
}
