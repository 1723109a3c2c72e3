/** The token with which this server listens in a room. */
import { SignJWT } from 'jose';
import { secretBytes } from './livekit-config.js';
import type { LivekitConfig } from './livekit-config.js';

const TTL_SEC = 600;

/**
 * Hidden: nobody is told of it. `agent`: it takes no caller's place and keeps no room open, and it is no
 * agent to anybody, since its kind is the ordinary one.
 */
export function mintListenerToken(
  config: LivekitConfig,
  roomName: string,
  identity: string,
): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({
    video: {
      roomJoin: true,
      room: roomName,
      hidden: true,
      agent: true,
      canPublish: false,
      canPublishData: false,
      canSubscribe: true,
    },
    // For a room that is already gone, which joining would make again.
    roomConfig: { emptyTimeout: 1, departureTimeout: 1 },
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(config.apiKey)
    .setSubject(identity)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + TTL_SEC)
    .sign(secretBytes(config));
}
