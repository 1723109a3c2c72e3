/** Mints access tokens with LiveKit's own SDK. */
import { RoomConfiguration } from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import type { VideoGrant } from 'livekit-server-sdk';
import { API_KEY, API_SECRET } from './media-server.js';

/** What a test's participant may be given beyond its name. */
export interface TokenOptions {
  kind?: 'agent';
  attributes?: Record<string, string>;
  metadata?: string;
  grant?: Partial<VideoGrant>;
  roomConfig?: ConstructorParameters<typeof RoomConfiguration>[0];
}

/** A token to join `room` as `identity`. */
export async function joinToken(
  room: string,
  identity: string,
  options: TokenOptions = {},
): Promise<string> {
  const token = new AccessToken(API_KEY, API_SECRET, {
    identity,
    name: identity,
    ttl: '10m',
    ...(options.attributes ? { attributes: options.attributes } : {}),
    ...(options.metadata ? { metadata: options.metadata } : {}),
  });
  token.addGrant({ roomJoin: true, room, canUpdateOwnMetadata: true, ...options.grant });
  if (options.kind) token.kind = options.kind;
  if (options.roomConfig) token.roomConfig = new RoomConfiguration(options.roomConfig);
  return token.toJwt();
}
