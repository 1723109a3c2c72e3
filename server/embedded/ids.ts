// Makes the prefixed random ids that LiveKit clients expect.
import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type IdPrefix = 'RM_' | 'PA_' | 'TR_' | 'ND_' | 'EV_' | 'AD_' | 'AJ_' | 'AW_';

/** Returns `prefix` followed by twelve random letters and digits. */
export function newId(prefix: IdPrefix): string {
  let id = prefix as string;
  // 248 is the largest multiple of 62 in a byte: bytes above it would favour some letters.
  while (id.length < prefix.length + 12) {
    for (const byte of randomBytes(16)) {
      if (byte < 248 && id.length < prefix.length + 12) id += ALPHABET.charAt(byte % 62);
    }
  }
  return id;
}

/** Returns a random non-zero RTP synchronisation source. */
export function newSsrc(): number {
  return randomInt(1, 0xffffffff);
}
