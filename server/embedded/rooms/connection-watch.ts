// Finds participants that are gone without having left, and refreshes the tokens of the others.
import { DisconnectReason } from '@livekit/protocol';
import type { Participant } from './participant.js';

/** A participant to remove, and the reason that it is told. */
export interface LostParticipant {
  readonly participant: Participant;
  readonly reason: DisconnectReason;
}

const NEVER_CONNECTED_MS = 60_000;
// Clients reconnect within five seconds of losing their socket.
const SIGNAL_GRACE_MS = 6000;
const SIGNAL_LIMIT_MS = 60_000;
const MEDIA_GRACE_MS = 8000;
const MEDIA_SILENCE_MS = 5000;
const SIGNAL_SILENCE_MS = 16_000;
const TOKEN_INTERVAL_MS = 300_000;

/** The participants to remove at `now` (ms since 1970). */
export function findLost(participants: Iterable<Participant>, now: number): LostParticipant[] {
  const lost: LostParticipant[] = [];
  for (const participant of participants) {
    const reason = reasonToRemove(participant, now);
    if (reason !== undefined) lost.push({ participant, reason });
    else if (now - participant.tokenSentAt > TOKEN_INTERVAL_MS) {
      participant.tokenSentAt = now;
      participant.refreshToken();
    }
  }
  return lost;
}

function reasonToRemove(participant: Participant, now: number): DisconnectReason | undefined {
  const { signalLostAt, mediaLostAt, signal, media } = participant;
  if (!participant.wasActive) {
    return now - participant.joinedAt > NEVER_CONNECTED_MS
      ? DisconnectReason.JOIN_FAILURE
      : undefined;
  }
  const quiet = now - media.lastPacketAt > MEDIA_SILENCE_MS;
  const mediaGone = mediaLostAt !== undefined && now - mediaLostAt > MEDIA_GRACE_MS;
  const signalGone =
    signalLostAt !== undefined &&
    ((quiet && now - signalLostAt > SIGNAL_GRACE_MS) || now - signalLostAt > SIGNAL_LIMIT_MS);
  // A network that is cut closes no socket: neither media nor signalling brings anything.
  const silent = quiet && now - signal.lastMessageAt > SIGNAL_SILENCE_MS;
  return mediaGone || signalGone || silent ? DisconnectReason.CONNECTION_TIMEOUT : undefined;
}
