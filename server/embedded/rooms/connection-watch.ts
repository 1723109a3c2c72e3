// Decides which participants are gone although they never said goodbye, and renews tokens.
import { DisconnectReason } from '@livekit/protocol';
import type { Participant } from './participant.js';

export interface LostParticipant {
  readonly participant: Participant;
  readonly reason: DisconnectReason;
}

const NEVER_CONNECTED_MS = 60_000;
// A client that reconnects does so within five seconds of losing its socket.
const SIGNAL_GRACE_MS = 6000;
const SIGNAL_LIMIT_MS = 60_000;
const MEDIA_GRACE_MS = 8000;
const MEDIA_SILENCE_MS = 5000;
const SIGNAL_SILENCE_MS = 16_000;
const TOKEN_INTERVAL_MS = 300_000;

/** Returns the participants to remove now. */
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
  // A cut network closes no socket: only the silence of both paths tells.
  const silent = quiet && now - signal.lastMessageAt > SIGNAL_SILENCE_MS;
  return mediaGone || signalGone || silent ? DisconnectReason.CONNECTION_TIMEOUT : undefined;
}
