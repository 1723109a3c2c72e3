/** What the media server tells is a hint: it may be lost, doubled or late, and is taken as such. */
import { applyEvent } from '../calls/apply-event.js';
import { workspaceOfRoom } from '../calls/room-name.js';
import type { CallEvent } from '../calls/call-event.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import type { RoomObserver } from './room-observer.js';

/** A verified webhook of the media server. */
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

/** What only a room that exists again brings about. */
const BEGINNINGS = ['room_started', 'participant_joined'];

/**
 * A hint that was seen before changes nothing; one about a room of somebody else's neither. The room of a call that has
 * ended, or that was a call of ours once, is deleted as soon as it is heard of. `observer` hears of rooms that are made and
 * joined. Throws when a room without a call cannot be deleted now: nobody else would try again.
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
    if (isBeginning) await closeForgotten(ports, hint.roomName);
    return;
  }
  if (call.ended_at && isBeginning) {
    await closeAgain(ports, call);
    return;
  }
  const event = eventOf(call, hint);
  // Remembered in the transaction that it causes: what fails here is sent again and then counts.
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
 * Of a call that this database does not know any more. Rooms of other applications on the same media server, and of
 * another installation of this one, do not name a workspace of this database.
 */
async function closeForgotten(ports: DomainPorts, roomName: string): Promise<void> {
  const workspaceId = workspaceOfRoom(roomName);
  if (!workspaceId || !(await ports.store.findWorkspace(workspaceId))) return;
  await ports.media.deleteRoom(roomName);
}

/** Who was cut off when the room was deleted may have made it again: nobody else would ever end it. */
async function closeAgain(ports: DomainPorts, call: CallRow): Promise<void> {
  try {
    await ports.media.deleteRoom(call.room_name);
  } catch {
    // Tried again from second to second.
    await ports.store.changeCall(call.id, () => ({ changes: { room_open: true } }));
  }
}

function eventOf(call: CallRow, hint: RoomEvent): CallEvent | null {
  if (hint.event === 'room_finished') return { type: 'room_finished' };
  const participant = hint.participant;
  if (!participant) return null;
  const { sid, identity } = participant;
  if (participant.kind === 'agent') {
    if (hint.event === 'participant_joined') return { type: 'agent_joined', sid, identity };
    if (hint.event !== 'participant_left') return null;
    return agentLeft(sid, participant.disconnectReason);
  }
  if (identity !== call.caller_identity) return null;
  switch (hint.event) {
    case 'participant_joined':
      return { type: 'caller_joined', sid };
    case 'participant_connection_aborted':
      return { type: 'caller_aborted' };
    case 'participant_left':
      return callerLeft(sid, participant.disconnectReason);
    default:
      return null;
  }
}

/** An agent that leaves on its own hangs up; every other way is a breakdown. */
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
