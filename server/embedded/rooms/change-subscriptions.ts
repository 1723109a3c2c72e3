// Applies somebody's choice of the tracks that a participant receives, now or as soon as they are there.
import type { ParticipantTracks } from '@livekit/protocol';
import type { Participant } from './participant.js';
import type { Room } from './room.js';

export interface SubscriptionChange {
  readonly trackSids: readonly string[];
  readonly participantTracks: readonly ParticipantTracks[];
  readonly subscribe: boolean;
}

export interface SettingsChange {
  readonly trackSids: readonly string[];
  readonly disabled: boolean;
}

/** Subscribes or unsubscribes the named tracks of the others. */
export function changeSubscriptions(
  room: Room,
  participant: Participant,
  change: SubscriptionChange,
): void {
  const { subscribe } = change;
  for (const sid of change.trackSids) participant.choices.note(sid, { subscribe, refused: false });
  for (const { trackSids } of change.participantTracks) {
    for (const sid of trackSids) participant.choices.note(sid, { subscribe, refused: false });
  }
  room.serve(participant);
}

/** Switches the named tracks off or on again, without a new negotiation. */
export function changeTrackSettings(
  room: Room,
  participant: Participant,
  change: SettingsChange,
): void {
  for (const sid of change.trackSids) participant.choices.note(sid, { paused: change.disabled });
  room.serve(participant);
}
