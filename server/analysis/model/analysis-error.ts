/** Why a model has made no analysis. */

/** The message is one sentence for the record: it names no address, no key, and nothing that the model has said. */
export class AnalysisError extends Error {
  /** Whether asking at once again may help. */
  readonly isPassing: boolean;
  /** The HTTP status, where there was one. */
  readonly status: number | null;

  private constructor(
    message: string,
    isPassing: boolean,
    options: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AnalysisError';
    this.isPassing = isPassing;
    this.status = options.status ?? null;
  }

  static unreachable(cause: unknown): AnalysisError {
    return new AnalysisError("The analysis model's server cannot be reached.", true, { cause });
  }

  static slow(ms: number): AnalysisError {
    return new AnalysisError(`The analysis model did not answer within ${ms / 1_000} s.`, true);
  }

  static refused(status: number): AnalysisError {
    const isPassing = status >= 500 || status === 408 || status === 429;
    return new AnalysisError(
      `The analysis model's server answered with the status ${status}.`,
      isPassing,
      { status },
    );
  }

  static endless(): AnalysisError {
    return new AnalysisError("The analysis model's answer was too long.", true);
  }

  static garbage(): AnalysisError {
    return new AnalysisError('The analysis model answered what is no analysis.', true);
  }
}
