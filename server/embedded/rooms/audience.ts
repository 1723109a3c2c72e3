// Reads whom a participant lets have its tracks.
import type { SubscriptionPermission, TrackPermission } from '@livekit/protocol';
import type { Participant } from './participant.js';

/** Identity → what that participant may have; nobody else may have anything. */
export type Audience = ReadonlyMap<string, TrackPermission>;

/** Reads a publisher's request. `undefined`: everybody. `null`: it names somebody by nothing, and counts for nothing. */
export function readAudience(
  request: SubscriptionPermission,
  everyone: Iterable<Participant>,
): Audience | null | undefined {
  if (request.allParticipants) return undefined;
  const bySid = new Map([...everyone].map((one) => [one.sid, one.identity]));
  const audience = new Map<string, TrackPermission>();
  for (const permission of request.trackPermissions) {
    const { participantIdentity, participantSid } = permission;
    if (!participantIdentity && !participantSid) return null;
    const identity = participantIdentity || bySid.get(participantSid);
    if (identity) audience.set(identity, permission);
  }
  return audience;
}

/** Whether a participant of that identity may have the track. */
export function admits(
  audience: Audience | undefined,
  identity: string,
  trackSid: string,
): boolean {
  if (!audience) return true;
  const permission = audience.get(identity);
  return permission?.allTracks === true || (permission?.trackSids.includes(trackSid) ?? false);
}
