/** Applies what the media server's webhooks say about rooms. A webhook may be lost, repeated or late. */
import { applyEvent } from '../calls/apply-event.js';
import { workspaceOfRoom } from '../calls/room-name.js';
import type { CallEvent } from '../calls/call-event.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { closeTrial } from './close-trials.js';
import type { RoomObserver } from './room-observer.js';

/** One event in a room, from a webhook whose signature was verified. */
export interface RoomEvent {
  id: string;
  event: string;
  createdAt: Date | null;
  roomName: string | null;
  participant: {
    sid: string;
    identity: string;
    kind: 'caller' | 'agent' | 'other';
    disconnectReason: string | null;
  } | null;
}

/** Events that only a room that exists can cause, so a deleted one has been made again. */
const BEGINNINGS = ['room_started', 'participant_joined'];
/** Webhooks tell whole seconds: what has just come happened now. */
const LATE_MS = 2_000;

/**
 * A repeated webhook changes nothing, and neither does one about a room of another application. A room whose call has
 * ended, or is not in the database any more, and that of a trial which is over, is deleted at its next webhook. `observer` is told of rooms that are made and
 * joined. Throws when a room without a call cannot be deleted now: LiveKit then sends the webhook again.
 */
export async function applyRoomEvent(
  ports: DomainPorts,
  hint: RoomEvent,
  observer?: RoomObserver,
): Promise<void> {
  if (!hint.roomName) return;
  const isBeginning = BEGINNINGS.includes(hint.event);
  const call = await ports.store.findCallByRoom(hint.roomName);
  if (!call) {
    if (isBeginning) {
      await closeForgotten(ports, hint.roomName);
      await closeTrial(ports, hint.roomName);
    }
    return;
  }
  if (call.ended_at && isBeginning) {
    await closeAgain(ports, call);
    return;
  }
  const event = eventOf(call, hint, lateSince(hint, ports.clock.now()));
  // The webhook's id is stored in the same transaction: if that fails, LiveKit sends it again and it still counts.
  if (event) await applyEvent(ports, call.id, event, hint.id);
  if (hint.event === 'room_started') observer?.roomStarted(call.id);
  if (hint.event === 'participant_joined' && isOfCall(call, hint.participant)) {
    observer?.participantJoined(call.id);
  }
}

function isOfCall(call: CallRow, participant: RoomEvent['participant']): boolean {
  return participant?.kind === 'agent' || participant?.identity === call.caller_identity;
}

/**
 * Deletes a room whose call was deleted from this database. Rooms of other applications on the same media server, and of
 * other installations of this one, do not name a workspace of this database and are left alone.
 */
async function closeForgotten(ports: DomainPorts, roomName: string): Promise<void> {
  const workspaceId = workspaceOfRoom(roomName);
  if (!workspaceId || !(await ports.store.findWorkspace(workspaceId))) return;
  await ports.media.deleteRoom(roomName);
}

/** A participant that reconnects after the room was deleted makes it again, and nothing else would ever end it. */
async function closeAgain(ports: DomainPorts, call: CallRow): Promise<void> {
  try {
    await ports.media.deleteRoom(call.room_name);
  } catch {
    // The loop that closes due calls retries every second.
    await ports.store.changeCall(call.id, () => ({ changes: { room_open: true } }));
  }
}

function eventOf(call: CallRow, hint: RoomEvent, since: { at?: Date }): CallEvent | null {
  if (hint.event === 'room_finished') return { type: 'room_finished' };
  const participant = hint.participant;
  if (!participant) return null;
  const { sid, identity } = participant;
  if (participant.kind === 'agent') {
    if (hint.event === 'participant_joined')
      return { type: 'agent_joined', sid, identity, ...since };
    if (hint.event !== 'participant_left') return null;
    return agentLeft(sid, participant.disconnectReason);
  }
  if (identity !== call.caller_identity) return null;
  switch (hint.event) {
    case 'participant_joined':
      return { type: 'caller_joined', sid, ...since };
    case 'participant_connection_aborted':
      return callerAborted(participant.disconnectReason);
    case 'participant_left':
      return callerLeft(sid, participant.disconnectReason);
    default:
      return null;
  }
}

function lateSince({ createdAt }: RoomEvent, now: Date): { at?: Date } {
  return createdAt && now.getTime() - createdAt.getTime() > LATE_MS ? { at: createdAt } : {};
}

/** An agent that disconnects by itself has hung up; any other reason is a failure. */
function agentLeft(sid: string, reason: string | null): CallEvent | null {
  switch (reason) {
    case 'ROOM_DELETED':
      return { type: 'room_deleted' };
    case 'MIGRATION':
      return null;
    case 'CLIENT_INITIATED':
      return { type: 'agent_left', sid, reason: 'agent_disconnected' };
    default:
      return { type: 'agent_left', sid, reason: 'system_failure' };
  }
}

/** Of two joins with one grant the second stays, even if the first had no connection yet. */
function callerAborted(reason: string | null): CallEvent | null {
  const isElsewhere = reason === 'DUPLICATE_IDENTITY' || reason === 'MIGRATION';
  return isElsewhere ? null : { type: 'caller_aborted' };
}

function callerLeft(sid: string, reason: string | null): CallEvent | null {
  switch (reason) {
    case 'ROOM_DELETED':
      return { type: 'room_deleted' };
    case 'DUPLICATE_IDENTITY':
    case 'MIGRATION':
    case 'ROOM_CLOSED':
    case 'SERVER_SHUTDOWN':
      return null;
    case 'CONNECTION_TIMEOUT':
    case 'SIGNAL_CLOSE':
    case 'JOIN_FAILURE':
      return { type: 'caller_left', sid, reason: 'network_failure' };
    default:
      return { type: 'caller_left', sid, reason: 'user_disconnected' };
  }
}
