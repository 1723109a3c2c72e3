/** What every error of this package is: words, and a stable code beside them. */

/** What may be told beside code and words. */
export interface ErrorMore {
  cause?: unknown;
  /** Milliseconds that the server asked to wait. */
  retryAfterMs?: number | null;
}

/** The root of `CallError`, of pages, and `RestError`, of everything else. */
export abstract class CodedError<Code extends string> extends Error {
  /** Stable; the same word on the wire, in the docs and in the database. */
  readonly code: Code;
  /** How long the server asked to wait, where it did. */
  readonly retryAfterMs: number | null;
  /** Whether the same request may succeed later with nothing changed. */
  abstract readonly retryable: boolean;

  constructor(code: Code, message: string, more: ErrorMore) {
    super(message, more);
    this.code = code;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
