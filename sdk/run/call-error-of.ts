/** The `CallError` for whatever made a start fail. */
import { CallError } from '../error/call-error.js';
import type { MediaConnectFailure } from '../media/media-port.js';
import { isOffline } from '../page/is-offline.js';

/** A `CallError` is returned as it is. */
export function callErrorOf(cause: unknown): CallError {
  if (cause instanceof CallError) return cause;
  if (wasRefused(cause)) return new CallError('grant_expired', { cause });
  if (isOffline()) return new CallError('offline', { cause });
  return CallError.connectionFailed(cause);
}

/** Whether the media server refused the token. */
export function wasRefused(cause: unknown): boolean {
  const failure = cause as Partial<MediaConnectFailure> | null;
  return failure?.name === 'MediaConnectError' && failure.kind === 'refused';
}
