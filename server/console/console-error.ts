/** Why the console has nothing to show. */
import type { ErrorBody } from '../../sdk/wire/error-body.js';

/** Carries the server's code, or `network_unreachable`. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly code: string;
  readonly status: number;

  private constructor(code: string, status: number, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }

  /** The request got no answer. */
  static unreachable(cause: unknown): ConsoleError {
    return new ConsoleError('network_unreachable', 0, 'The server cannot be reached.', cause);
  }

  /** The answer was an error. */
  static refused(status: number, body: ErrorBody | null): ConsoleError {
    const said = body?.message;
    const message = Array.isArray(said) ? said.join(' ') : said;
    return new ConsoleError(
      body?.code ?? 'unexpected_answer',
      status,
      message ?? `The server answered ${status}.`,
    );
  }

  /** Whether another key could help. */
  get isAboutKey(): boolean {
    return this.status === 401 || this.status === 403;
  }
}
