/** Signs and checks the links of recordings: call and expiry, nothing else opens the file. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallRecording } from '../../../sdk/wire/call.js';

/** The query of a link. */
export interface RecordingLink {
  /** Seconds since 1970. */
  expires: string;
  signature: string;
}

/** How long a link opens the file. */
const LINK_LIFE_MS = 3_600_000;

/** Puts a fresh link into a recording that is there to be fetched. */
export function withRecordingLink(
  recording: CallRecording,
  callId: string,
  signer: { linkSecret: string; publicUrl: string },
): CallRecording {
  if (recording.status !== 'available') return { ...recording, url: null, expires_at: null };
  const expiresAt = new Date(Math.floor((Date.now() + LINK_LIFE_MS) / 1_000) * 1_000);
  const url = signer.publicUrl + signRecordingLink(signer.linkSecret, callId, expiresAt);
  return { ...recording, url, expires_at: expiresAt.toISOString() };
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
