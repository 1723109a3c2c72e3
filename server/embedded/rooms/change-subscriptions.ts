// Applies a participant's requests to subscribe to tracks, or to pause them, now or as soon as the tracks are
// published.
import type { ParticipantTracks } from '@livekit/protocol';
import type { Participant } from './participant.js';
import type { Room } from './room.js';

/** A request to subscribe to tracks or to unsubscribe. */
export interface SubscriptionChange {
  readonly trackSids: readonly string[];
  readonly participantTracks: readonly ParticipantTracks[];
  readonly subscribe: boolean;
}

/** A request to pause subscribed tracks or to resume them. */
export interface SettingsChange {
  readonly trackSids: readonly string[];
  readonly disabled: boolean;
}

/** Subscribes the participant to tracks, or unsubscribes it. */
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

/** Pauses or resumes tracks, without a new negotiation. */
export function changeTrackSettings(
  room: Room,
  participant: Participant,
  change: SettingsChange,
): void {
  for (const sid of change.trackSids) participant.choices.note(sid, { paused: change.disabled });
  room.serve(participant);
}
