// Subscription permissions: which participants a publisher allows to receive its tracks.
import type { SubscriptionPermission, TrackPermission } from '@livekit/protocol';
import type { Participant } from './participant.js';

/** What each allowed participant may receive, by identity. All others may receive nothing. */
export type AllowedReceivers = ReadonlyMap<string, TrackPermission>;

/**
 * Reads a publisher's request. `undefined`: everybody may receive everything. `null`: an entry names nobody, and the
 * request is ignored.
 */
export function readAllowedReceivers(
  request: SubscriptionPermission,
  everyone: Iterable<Participant>,
): AllowedReceivers | null | undefined {
  if (request.allParticipants) return undefined;
  const bySid = new Map([...everyone].map((one) => [one.sid, one.identity]));
  const allowedReceivers = new Map<string, TrackPermission>();
  for (const permission of request.trackPermissions) {
    const { participantIdentity, participantSid } = permission;
    if (!participantIdentity && !participantSid) return null;
    const identity = participantIdentity || bySid.get(participantSid);
    if (identity) allowedReceivers.set(identity, permission);
  }
  return allowedReceivers;
}

/** Whether the participant of that identity may receive the track. */
export function admits(
  allowedReceivers: AllowedReceivers | undefined,
  identity: string,
  trackSid: string,
): boolean {
  if (!allowedReceivers) return true;
  const permission = allowedReceivers.get(identity);
  return permission?.allTracks === true || (permission?.trackSids.includes(trackSid) ?? false);
}
