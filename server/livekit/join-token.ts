/** The token with which a caller joins the room of one call. */
import { SignJWT } from 'jose';
import { secretBytes } from './livekit-config.js';
import type { LivekitConfig } from './livekit-config.js';

/** Whose token it is, for which room, and which agent joining it dispatches. */
export interface JoinTokenRequest {
  roomName: string;
  identity: string;
  /** Shown to the agent; may be empty. */
  name?: string;
  /** LiveKit's name of the agent worker that answers. Absent: none is dispatched. */
  agentName?: string;
  /** Handed to the agent's job. The caller can decode it: no secret may stand in it. */
  agentMetadata?: string;
  issuedAt: Date;
  expiresAt: Date;
  /** Seconds that the room waits for the first caller. */
  emptyTimeoutSec: number;
  /** Seconds that the room waits for a caller who left to come back. */
  departureTimeoutSec: number;
  /** The caller and whoever may listen in; agents are not counted. */
  maxParticipants: number;
}

/** Signs a token for one room that can join, speak, listen and send data, and nothing else. */
export function mintJoinToken(config: LivekitConfig, request: JoinTokenRequest): Promise<string> {
  const { agentName, agentMetadata: metadata = '' } = request;
  const claims = {
    ...(request.name === undefined ? {} : { name: request.name }),
    video: {
      roomJoin: true,
      room: request.roomName,
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
      canPublishSources: ['microphone'],
    },
    roomConfig: {
      emptyTimeout: request.emptyTimeoutSec,
      departureTimeout: request.departureTimeoutSec,
      maxParticipants: request.maxParticipants,
      ...(agentName === undefined ? {} : { agents: [{ agentName, metadata }] }),
    },
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(config.apiKey)
    .setSubject(request.identity)
    .setNotBefore(request.issuedAt)
    .setExpirationTime(request.expiresAt)
    .sign(secretBytes(config));
}
