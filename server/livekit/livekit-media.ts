/** LiveKit behind the domain's port for media. */
import { askAgentAgain } from './agent-dispatch.js';
import { verifyAgentToken } from './agent-token.js';
import { mintJoinToken } from './join-token.js';
import { deleteRoom, listParticipants, listRooms } from './room-service.js';
import type { Media } from '../domain/ports/media.js';
import type { LivekitConfig } from './livekit-config.js';

/** Binds every request to one LiveKit. */
export function createLivekitMedia(config: LivekitConfig): Media {
  return {
    mintJoinToken: (request) => mintJoinToken(config, request),
    deleteRoom: (name) => deleteRoom(config, name),
    listRooms: (names) => listRooms(config, names),
    listParticipants: (name) => listParticipants(config, name),
    askAgentAgain: (name) => askAgentAgain(config, name),
    verifyAgentToken: (token) => verifyAgentToken(config, token),
  };
}
