/** Translates LiveKit's disconnect reasons and connection errors for the SDK. */
import { ConnectionError, ConnectionErrorReason, DisconnectReason } from './livekit.js';
import { MediaConnectError } from './media-connect-error.js';
import type { DisconnectCause } from './media-port.js';

/** The cause for the reason of `RoomEvent.Disconnected`. */
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

/** The error for what `Room.connect` rejected with. */
export function connectError(cause: unknown): MediaConnectError {
  const refused =
    cause instanceof ConnectionError && cause.reason === ConnectionErrorReason.NotAllowed;
  return new MediaConnectError(refused ? 'refused' : 'unreachable', cause);
}
