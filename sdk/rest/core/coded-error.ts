/** The base class of the package's errors: a message and a stable code. */

/** Optional facts of an error. */
export interface ErrorMore {
  cause?: unknown;
  /** How long the server asks to wait, in ms. */
  retryAfterMs?: number | null;
}

/** The base of `CallError` (browser SDK) and `RestError` (backends, agents, console). */
export abstract class CodedError<Code extends string> extends Error {
  /** A stable code, the same on the wire, in the docs and in the database. */
  readonly code: Code;
  /** How long the server asks to wait, in ms; `null` when it does not say. */
  readonly retryAfterMs: number | null;
  /** Whether the same request may succeed later without any change. */
  abstract readonly retryable: boolean;

  constructor(code: Code, message: string, more: ErrorMore) {
    super(message, more);
    this.code = code;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }
}
