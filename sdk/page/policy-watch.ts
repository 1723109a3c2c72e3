/** Watches what the page's Content Security Policy forbids, and says it; knows no error class. */

/** The browser reports a violation in a task of its own, which may come after the failure. */
const REPORT_WITHIN_MS = 50;

/** What a policy has forbidden. */
export interface Forbidden {
  /** The directive that did, e.g. `script-src-elem`. */
  directive: string;
  /** The address, or a word for it. */
  uri: string;
}

/**
 * Runs `attempt`. When it rejects and the browser has reported a violation that `concerns` accepts, rejects with what
 * `toError` makes of that. Outside a page it only runs `attempt`.
 */
export async function watchPolicy<T>(
  attempt: () => Promise<T>,
  concerns: (blocked: string, cause: unknown) => boolean,
  toError: (forbidden: Forbidden, cause: unknown) => Error,
): Promise<T> {
  const page = globalThis.document as Document | undefined;
  const blocked: Forbidden[] = [];
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
    throw ours ? toError(ours, cause) : cause;
  } finally {
    page?.removeEventListener('securitypolicyviolation', note);
  }
}

/** For `concerns`: whether the blocked address is in the error. Browsers name the module that they could not load. */
export function isNamedBy(blocked: string, cause: unknown): boolean {
  return cause instanceof Error && blocked !== '' && cause.message.includes(blocked);
}

/** The sentences for what was forbidden: only its origin is named, since the path may carry a token. */
export function sayForbidden({ directive, uri }: Forbidden): { message: string; remedy: string } {
  const origin = /^\w+:\/\/[^/?#]+/.exec(uri)?.[0] ?? uri;
  return {
    message: `The Content-Security-Policy of this page forbids ${origin} (${directive}).`,
    remedy: `Add ${origin} to ${directive.replace(/-elem$/, '')} in the page's Content-Security-Policy.`,
  };
}
