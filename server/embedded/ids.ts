// Random ids with the prefixes that LiveKit's clients expect.
import { randomBytes, randomInt } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Prefixes: room, participant, track, node, event, dispatch, job, worker. */
export type IdPrefix = 'RM_' | 'PA_' | 'TR_' | 'ND_' | 'EV_' | 'AD_' | 'AJ_' | 'AW_';

/** `prefix` and twelve random letters and digits. */
export function newId(prefix: IdPrefix): string {
  let id = prefix as string;
  // 248 is the largest multiple of 62 in a byte: greater values would make some letters more frequent.
  while (id.length < prefix.length + 12) {
    for (const byte of randomBytes(16)) {
      if (byte < 248 && id.length < prefix.length + 12) id += ALPHABET.charAt(byte % 62);
    }
  }
  return id;
}

/** A random SSRC other than 0. */
export function newSsrc(): number {
  return randomInt(1, 0xffffffff);
}
