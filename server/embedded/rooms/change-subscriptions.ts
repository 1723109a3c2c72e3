// Applies somebody's choice of the tracks that a participant receives.
import type { ParticipantTracks } from '@livekit/protocol';
import type { Participant } from './participant.js';
import type { Room } from './room.js';

export interface SubscriptionChange {
  readonly trackSids: readonly string[];
  readonly participantTracks: readonly ParticipantTracks[];
  readonly subscribe: boolean;
}

/** Subscribes or unsubscribes the named tracks of the others; names that nobody has are passed over. */
export function changeSubscriptions(
  room: Room,
  participant: Participant,
  change: SubscriptionChange,
): void {
  if (!participant.isActive || !participant.permission.canSubscribe) return;
  const wanted = new Set([
    ...change.trackSids,
    ...change.participantTracks.flatMap((group) => group.trackSids),
  ]);
  for (const other of room.participants.values()) {
    if (other === participant) continue;
    for (const track of other.liveTracks) {
      if (!wanted.has(track.sid)) continue;
      if (change.subscribe) participant.media.subscribe(track);
      else participant.media.unsubscribe(track);
    }
  }
}
