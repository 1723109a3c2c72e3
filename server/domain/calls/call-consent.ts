/** Whose word it is when a visitor agreed. */
import type { CallConsent } from '../../../sdk/wire/call.js';
import type { Consent } from '../../../sdk/wire/web-call.js';
import type { WholeCallRow } from '../ports/rows.js';

/** Of a new call. A visitor's clock is not believed, a backend's is. */
export function newConsent(consent: Consent, isVisitor: boolean, now: Date): CallConsent {
  if (!isVisitor) return { ...consent, client_accepted_at: null };
  return { ...consent, accepted_at: now.toISOString(), client_accepted_at: consent.accepted_at };
}

/** As it is shown; older records kept the visitor's word in the place of the server's. */
export function showConsent({ consent, route, created_at }: WholeCallRow): CallConsent | null {
  if (!consent) return null;
  const { client_accepted_at, ...given } = consent;
  if (client_accepted_at !== undefined) return { ...given, client_accepted_at };
  return newConsent(given, route.api_key_kind !== 'secret', created_at);
}
