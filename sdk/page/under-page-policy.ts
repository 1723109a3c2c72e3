/** Detects failures that the page's Content Security Policy has caused. */
import { CallError } from '../error/call-error.js';
import { watchPolicy } from './policy-watch.js';

/**
 * Runs `attempt`. When it rejects and the browser has reported a violation that `concerns` accepts, rejects with
 * `blocked_by_page_policy` instead. Outside a page it only runs `attempt`.
 */
export function underPagePolicy<T>(
  attempt: () => Promise<T>,
  concerns: (blocked: string, cause: unknown) => boolean,
): Promise<T> {
  return watchPolicy(attempt, concerns, (forbidden, cause) =>
    CallError.blockedByPagePolicy(forbidden, cause),
  );
}

/** For `concerns`: whether the blocked address has the same host. */
export function ofHost(address: string): (blocked: string) => boolean {
  return (blocked) => hostOf(blocked) === hostOf(address);
}

function hostOf(address: string): string | null {
  try {
    return new URL(address).host;
  } catch {
    return null;
  }
}
