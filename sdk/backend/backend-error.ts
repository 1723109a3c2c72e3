/** What the server's refusals become in a backend. */
import type { ErrorBody, ErrorCode } from '../wire/error-body.js';

/** A refusal with its HTTP status and stable code; status 0 and `network_unreachable` when nothing answered. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly status: number;
  readonly code: ErrorCode | 'network_unreachable';
  /** How long the server asked to wait, where it did. */
  readonly retryAfterMs: number | null;

  private constructor(
    status: number,
    code: BackendError['code'],
    message: string,
    more: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.retryAfterMs = more.retryAfterMs ?? null;
  }

  /** The server said no. */
  static refused(answer: Response, body: Partial<ErrorBody> | null): BackendError {
    const { message } = body ?? {};
    const text = Array.isArray(message) ? message.join('; ') : message;
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const more = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
    const code = body?.code ?? 'internal_error';
    return new BackendError(answer.status, code, text ?? `HTTP ${answer.status}`, more);
  }

  /** Nothing answered in time. */
  static unreachable(cause: unknown): BackendError {
    return new BackendError(0, 'network_unreachable', 'The server could not be reached.', {
      cause,
    });
  }
}
