/** Why the code of a call could not be loaded: the SDK's own errors are in what is missing. */
import type { CallError } from '../sdk/index.js';
import { isOffline } from '../sdk/page/is-offline.js';
import { sayForbidden, type Forbidden } from '../sdk/page/policy-watch.js';
import { CodedError } from '../sdk/rest/core/coded-error.js';

type Code = 'media_code_failed' | 'offline' | 'blocked_by_page_policy';

/** As the SDK tells of the media code. */
export class CardLoadError extends CodedError<Code> implements CallError {
  override readonly name = 'CallError';
  readonly fault: CallError['fault'];
  override readonly retryable: boolean;
  readonly summary: string;
  readonly remedy: string;
  readonly reason = null;

  private constructor(code: Code, say: { message: string; remedy: string }, cause: unknown) {
    super(code, say.message, { cause });
    this.fault = code === 'blocked_by_page_policy' ? 'config' : 'network';
    this.retryable = this.fault === 'network';
    this.summary = say.message;
    this.remedy = say.remedy;
  }

  /** The page's policy forbids it. */
  static forbidden(forbidden: Forbidden, cause: unknown): CardLoadError {
    return new CardLoadError('blocked_by_page_policy', sayForbidden(forbidden), cause);
  }

  /** Any other failure; one that is told already stays as it is. */
  static from(cause: unknown): CardLoadError {
    if (cause instanceof CardLoadError) return cause;
    const message = 'A part of the call program could not be loaded.';
    const remedy = 'Check the connection, then reload the page.';
    const code = isOffline() ? 'offline' : 'media_code_failed';
    return new CardLoadError(code, { message, remedy }, cause);
  }
}
