/** Short-lived tokens with which this server calls LiveKit's own API. */
import { SignJWT } from 'jose';
import { secretBytes } from './livekit-config.js';
import type { LivekitConfig } from './livekit-config.js';

/** The `video` grant of one API request, no wider than the request needs. */
export interface AdminGrant {
  roomCreate?: boolean;
  roomList?: boolean;
  roomAdmin?: boolean;
  room?: string;
}

/** Signs a token that lives a minute; one is minted per request. */
export function mintAdminToken(config: LivekitConfig, grant: AdminGrant): Promise<string> {
  return new SignJWT({ video: grant })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(config.apiKey)
    .setNotBefore('-30s')
    .setExpirationTime('60s')
    .sign(secretBytes(config));
}
