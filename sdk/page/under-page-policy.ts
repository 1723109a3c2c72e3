/** Detects failures that the page's Content Security Policy has caused. */
import { CallError } from '../error/call-error.js';

/** The browser reports a violation in a task of its own, which may come after the failure. */
const REPORT_WITHIN_MS = 50;

/**
 * Runs `attempt`. When it rejects and the browser has reported a violation that `concerns` accepts, rejects with
 * `blocked_by_page_policy` instead. Outside a page it only runs `attempt`.
 */
export async function underPagePolicy<T>(
  attempt: () => Promise<T>,
  concerns: (blocked: string, cause: unknown) => boolean,
): Promise<T> {
  const page = globalThis.document as Document | undefined;
  const blocked: { uri: string; directive: string }[] = [];
  const note = (event: SecurityPolicyViolationEvent): void => {
    if (event.disposition === 'report') return;
    blocked.push({ uri: event.blockedURI, directive: event.effectiveDirective });
  };
  page?.addEventListener('securitypolicyviolation', note);
  try {
    return await attempt();
  } catch (cause) {
    if (page) await new Promise((resolve) => setTimeout(resolve, REPORT_WITHIN_MS));
    const ours = blocked.find(({ uri }) => concerns(uri, cause));
    throw ours ? CallError.blockedByPagePolicy(ours.directive, ours.uri, cause) : cause;
  } finally {
    page?.removeEventListener('securitypolicyviolation', note);
  }
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
