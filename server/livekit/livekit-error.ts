/** What can go wrong between this server and LiveKit. */

/** `not_found` and the other Twirp words come from LiveKit; the rest is what we saw on the way there. */
export type LivekitErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'not_found'
  | 'unauthenticated'
  | 'permission_denied'
  | 'bad_answer'
  | 'refused';

/** A failed request to LiveKit's API. */
export class LivekitError extends Error {
  readonly code: LivekitErrorCode;

  private constructor(code: LivekitErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LivekitError';
    this.code = code;
  }

  /** Nothing answered at the address. */
  static unreachable(method: string, cause: unknown): LivekitError {
    return new LivekitError('unreachable', `LiveKit cannot be reached for ${method}.`, cause);
  }

  /** No answer within the time allowed. */
  static timeout(method: string, cause: unknown): LivekitError {
    return new LivekitError('timeout', `LiveKit did not answer ${method} in time.`, cause);
  }

  /** The answer is not what the protocol promises. */
  static badAnswer(method: string, cause?: unknown): LivekitError {
    return new LivekitError('bad_answer', `LiveKit's answer to ${method} cannot be read.`, cause);
  }

  /** LiveKit said no, with one of Twirp's words. */
  static refused(method: string, status: number, word: string): LivekitError {
    const code =
      word === 'not_found' || word === 'unauthenticated' || word === 'permission_denied'
        ? word
        : 'refused';
    return new LivekitError(code, `LiveKit refused ${method}: ${word} (HTTP ${status}).`);
  }
}

/** Whether LiveKit has said that there is no such room, participant or dispatch. */
export function isNotFound(error: unknown): boolean {
  return error instanceof LivekitError && error.code === 'not_found';
}
