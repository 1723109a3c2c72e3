/** The error class for backends, agents and the console. */
import type { ErrorCode } from '../../wire/error-body.js';
import { CodedError, type ErrorMore } from './coded-error.js';

/** The server's codes, and three for requests without an answer of the server. */
export type RestErrorCode = ErrorCode | 'network_unreachable' | 'unexpected_answer' | 'aborted';

/**
 * A refusal with its HTTP status and stable code, or a request that nothing answered.
 *
 * @example
 * if (error instanceof RestError && error.code === 'not_found') …
 */
export class RestError extends CodedError<RestErrorCode> {
  override readonly name = 'RestError';
  /** The HTTP status; 0 when no answer came or nothing was sent. */
  readonly status: number;

  constructor(code: RestErrorCode, message: string, more: ErrorMore & { status?: number } = {}) {
    super(code, message, more);
    this.status = more.status ?? 0;
  }

  override get retryable(): boolean {
    if (this.status === 0) return this.code === 'network_unreachable';
    return this.status >= 500 || this.status === 408 || this.status === 429;
  }
}
