/** Verification of the token that LiveKit gave an agent worker for its job. */
import { jwtVerify } from 'jose';
import { secretBytes } from './livekit-config.js';
import type { LivekitConfig } from './livekit-config.js';

/** Which agent participant may act in which room. */
export interface AgentTokenClaims {
  roomName: string;
  identity: string;
}

/** Answers the room that the token is for, or `null` when it is not an agent's token of this LiveKit. */
export async function verifyAgentToken(
  config: LivekitConfig,
  token: string,
  now: Date = new Date(),
): Promise<AgentTokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, secretBytes(config), {
      algorithms: ['HS256'],
      issuer: config.apiKey,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: 60,
      currentDate: now,
    });
    const video = payload.video;
    if (payload.kind !== 'agent' || video === null || typeof video !== 'object') return null;
    const { room, roomJoin } = video as { room?: unknown; roomJoin?: unknown };
    if (roomJoin !== true || typeof room !== 'string' || room === '') return null;
    return { roomName: room, identity: payload.sub ?? '' };
  } catch {
    return null;
  }
}
