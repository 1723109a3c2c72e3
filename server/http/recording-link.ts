/** Signs and checks the links of recordings: call and expiry, nothing else opens the file. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The query of a link. */
export interface RecordingLink {
  /** Seconds since 1970. */
  expires: string;
  signature: string;
}

/** The link's address, to be put after the server's own. */
export function signRecordingLink(secret: string, callId: string, expiresAt: Date): string {
  const expires = String(Math.floor(expiresAt.getTime() / 1_000));
  const query = new URLSearchParams({ expires, signature: sign(secret, callId, expires) });
  return `/v1/recordings/${encodeURIComponent(callId)}?${query.toString()}`;
}

/** What a link is worth now. */
export function verifyRecordingLink(
  secret: string,
  callId: string,
  link: RecordingLink,
  now: Date,
): 'valid' | 'expired' | 'forged' {
  const expected = Buffer.from(sign(secret, callId, link.expires));
  const given = Buffer.from(link.signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
  return Number(link.expires) * 1_000 > now.getTime() ? 'valid' : 'expired';
}

function sign(secret: string, callId: string, expires: string): string {
  return createHmac('sha256', secret)
    .update(`recording\n${callId}\n${expires}`)
    .digest('base64url');
}
