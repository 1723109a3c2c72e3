/** Posts what LiveKit posts, signed as it signs. */
import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { API_KEY, API_SECRET } from '../../conformance/support/media-server.js';

/** An event ready to be sent, and sent again. */
export interface SignedHint {
  text: string;
  token: string;
}

/** Signs an event of a room; every one has an id of its own. */
export async function signHint(event: Record<string, unknown>): Promise<SignedHint> {
  const text = JSON.stringify({ id: `EV_${randomUUID()}`, createdAt: '1700000000', ...event });
  const token = await new SignJWT({ sha256: createHash('sha256').update(text).digest('base64') })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(API_KEY)
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(API_SECRET));
  return { text, token };
}

/** Sends it; the status. */
export async function postHint(url: string, { text, token }: SignedHint): Promise<number> {
  const answer = await fetch(`${url}/livekit/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/webhook+json', authorization: token },
    body: text,
  });
  await answer.arrayBuffer();
  return answer.status;
}
