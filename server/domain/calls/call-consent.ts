/** The receipt of a visitor's consent: what was shown, and whose word it is when the visitor agreed. */
import { createHash } from 'node:crypto';
import type { CallConsent } from '../../../sdk/wire/call.js';
import type { Consent } from '../../../sdk/wire/web-call.js';
import { DomainError } from '../errors/domain-error.js';
import type { WholeCallRow } from '../ports/rows.js';

/** Of a new call. A visitor's clock is not believed, a backend's is. Throws `validation_failed` for the hash of another text. */
export function newConsent(consent: Consent, isVisitor: boolean, now: Date): CallConsent {
  const text_sha256 = hashOf(consent.text);
  if ((consent.text_sha256 ?? text_sha256) !== text_sha256) {
    throw DomainError.validationFailed(['consent.text_sha256 is not the SHA-256 of consent.text.']);
  }
  const receipt = { ...consent, text_sha256 };
  if (!isVisitor) return { ...receipt, client_accepted_at: null };
  return { ...receipt, accepted_at: now.toISOString(), client_accepted_at: consent.accepted_at };
}

/** As it is shown; older records kept no hash, and the visitor's word in the place of the server's. */
export function showConsent({ consent, route, created_at }: WholeCallRow): CallConsent | null {
  if (!consent) return null;
  const { client_accepted_at, ...given } = consent;
  if (client_accepted_at === undefined) {
    return newConsent(given, route.api_key_kind !== 'secret', created_at);
  }
  return { ...given, text_sha256: given.text_sha256 ?? hashOf(given.text), client_accepted_at };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
