/** Grants that make no call: to come back into one after a page was left, and to try out the way to the media server. */
import type { MediaGrant } from '../../../sdk/wire/web-call.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { findForCaller } from '../tokens/find-for-caller.js';
import { ROOM_LIMITS } from './create-web-call.js';
import { newTrialRoomName } from './room-name.js';

/** Time to join with such a grant. */
const JOIN_MS = 30_000;
/** A room for a trial is deleted by then, whoever is in it. */
const TRIAL_MS = 60_000;

/**
 * A new way into the room of a call that goes on, for the page that its visitor has gone to. Throws `token_invalid`, or
 * `call_already_ended`.
 */
export async function resumeWebCall(
  ports: DomainPorts,
  callId: string,
  callToken: string,
): Promise<MediaGrant> {
  const call = await findForCaller(ports, callId, callToken);
  if (call.ended_at) throw DomainError.callAlreadyEnded();
  return grantFor(ports, call.room_name, call.caller_identity, ROOM_LIMITS);
}

/** A way into a room of one's own, without an agent and without a record, which is deleted after a minute. */
export async function tryMedia(
  ports: DomainPorts,
  { workspaceId }: Principal,
): Promise<MediaGrant> {
  const until = new Date(ports.clock.now().getTime() + TRIAL_MS);
  const roomName = newTrialRoomName({ workspaceId, until });
  // A process that stops before leaves it to `closeTrials`.
  const close = (): void => void ports.media.deleteRoom(roomName).catch(() => undefined);
  setTimeout(close, TRIAL_MS).unref();
  const limits = { emptyTimeoutSec: 30, departureTimeoutSec: 1, maxParticipants: 1 };
  return grantFor(ports, roomName, newId('caller'), limits);
}

/** Without an agent: the call has one, and a trial needs none. */
async function grantFor(
  ports: DomainPorts,
  roomName: string,
  identity: string,
  limits: typeof ROOM_LIMITS,
): Promise<MediaGrant> {
  const issuedAt = ports.clock.now();
  const expiresAt = new Date(issuedAt.getTime() + JOIN_MS);
  const accessToken = await ports.media.mintJoinToken({
    roomName,
    identity,
    issuedAt,
    expiresAt,
    ...limits,
  });
  return {
    server_url: ports.mediaUrl,
    access_token: accessToken,
    expires_at: expiresAt.toISOString(),
  };
}
