/** Encrypts answers that are kept for repeats, because they hold tokens that nobody may read in the database. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is kept in place of the answer. */
export function sealAnswer(secret: string, answer: unknown): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

/** The answer again; `null` when it was sealed under another secret. */
export function openAnswer(secret: string, sealed: unknown): unknown {
  // Kept by a release that did not seal.
  if (typeof sealed !== 'string') return sealed;
  const bytes = Buffer.from(sealed, 'base64url');
  const text = IV_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, keyOf(secret), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, text));
  try {
    const plain = Buffer.concat([decipher.update(bytes.subarray(text)), decipher.final()]);
    return JSON.parse(plain.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'kept answers', 32));
}
