/** Secrets of endpoints: made, rotated, and which of them sign. */
import { randomBytes } from 'node:crypto';
import type { WebhookSecret } from '../ports/webhook-rows.js';

const SECRET_BYTES = 32;

/** A secret in the form of Standard Webhooks: `whsec_` and 32 random bytes as base64. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** The secrets that sign at that moment, the newest first. */
export function validSecrets(secrets: readonly WebhookSecret[], now: Date): string[] {
  return secrets.filter((one) => isValid(one, now)).map(({ secret }) => secret);
}

/** Puts a new secret before the others, which go on for `overlapSec`, but none for longer than it had. */
export function rotated(
  secrets: readonly WebhookSecret[],
  secret: string,
  overlapSec: number,
  now: Date,
): WebhookSecret[] {
  const end = new Date(now.getTime() + overlapSec * 1_000).toISOString();
  const former = secrets
    .filter((one) => isValid(one, now) && one.secret !== secret)
    .map((one) => ({
      ...one,
      expires_at: one.expires_at === null || one.expires_at > end ? end : one.expires_at,
    }));
  return [{ secret, expires_at: null }, ...(overlapSec > 0 ? former : [])];
}

function isValid({ expires_at }: WebhookSecret, now: Date): boolean {
  return expires_at === null || new Date(expires_at) > now;
}
