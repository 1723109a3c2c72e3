/** Ids and secrets: random, prefixed, and secrets only ever kept as hashes. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/** What an id's prefix says it is. */
export type IdPrefix =
  | 'agent'
  | 'av'
  | 'call'
  | 'ev'
  | 'fn'
  | 'tr'
  | 'key'
  | 'ws'
  | 'caller'
  | 'call_room'
  | 'trial_room'
  | 'listener'
  | 'wh'
  | 'del'
  | 'msg'
  | 'aud'
  | 'claim';

/** An id such as `call_7Q…`, with about 120 random bits. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${randomText(21)}`;
}

/** A secret with about 200 random bits behind its prefix. */
export function newSecret(prefix: 'dnx_pk_' | 'dnx_sk_' | 'dnx_call_' | 'dnx_job_'): string {
  return `${prefix}${randomText(35)}`;
}

/** How a secret is kept: it is long and random, so that a plain SHA-256 cannot be reversed. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether the secret is the one that was kept as this hash. Compares in constant time. */
export function isSecretOf(secret: string, hash: string | null): boolean {
  if (hash === null) return false;
  return timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(hash));
}

function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // Bytes past the last whole round of the alphabet would favour its first letters.
      if (byte < 216 && text.length < length) text += ALPHABET[byte % 54];
    }
  }
  return text;
}
