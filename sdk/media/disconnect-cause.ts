/** LiveKit's reasons for a lost room, in our words. */
import { ConnectionError, ConnectionErrorReason, DisconnectReason } from './livekit.js';
import { MediaConnectError } from './media-connect-error.js';
import type { DisconnectCause } from './media-port.js';

/** Maps `RoomEvent.Disconnected`'s reason. */
export function disconnectCause(reason: DisconnectReason | undefined): DisconnectCause {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
      return 'left';
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'room_closed';
    case DisconnectReason.PARTICIPANT_REMOVED:
      return 'removed';
    case DisconnectReason.DUPLICATE_IDENTITY:
      return 'replaced';
    case DisconnectReason.SERVER_SHUTDOWN:
    case DisconnectReason.MIGRATION:
      return 'server_failed';
    default:
      return 'connection_lost';
  }
}

/** Maps what `Room.connect` rejects with. */
export function connectError(cause: unknown): MediaConnectError {
  const refused =
    cause instanceof ConnectionError && cause.reason === ConnectionErrorReason.NotAllowed;
  return new MediaConnectError(refused ? 'refused' : 'unreachable', cause);
}
