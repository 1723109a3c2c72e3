/** What the element tells when the code of a call could not be loaded, and the error class with it. */
import type { CallError } from '../sdk/index.js';
import { CodedError } from '../sdk/rest/core/coded-error.js';

const MESSAGE = 'A part of the call program could not be loaded.';
const REMEDY = 'Check the connection, then reload the page.';

class CardLoadError extends CodedError<'media_code_failed'> implements CallError {
  override readonly name = 'CallError';
  readonly fault = 'network';
  override readonly retryable = true;
  readonly summary = MESSAGE;
  readonly remedy = REMEDY;
  readonly reason = null;
}

/** As the SDK tells of its own missing parts: `media_code_failed`. */
export function cardLoadError(cause: unknown): CallError {
  return new CardLoadError('media_code_failed', MESSAGE, { cause });
}
