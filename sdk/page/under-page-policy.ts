/** Tells a connection that the page's own security policy forbids from one that the network lost. */
import { CallError } from '../error/call-error.js';

/** The browser reports a violation in a task of its own, which may come after the refusal. */
const REPORT_WITHIN_MS = 50;

/**
 * Rejects as `attempt` does, but with `blocked_by_page_policy` when the browser reported meanwhile that the policy in
 * force forbids what `concerns` says it was about. Nothing is asked where there is no page.
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

/** For `concerns`: whether both addresses are of one host. */
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
