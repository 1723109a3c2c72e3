/** Knows whether the caller is in the room, and tells when the caller or the room itself is gone for good. */
import { DisconnectReason, RoomEvent } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { EndCall } from '../job/job-progress.js';

/** Whoever leaves like this does not come back; a lost connection may. */
const CALLER_IS_GONE: readonly (DisconnectReason | undefined)[] = [
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.USER_REJECTED,
];
/** So the server ends a call, and then it knows why; where it has not, it is how an agent hangs up. */
const ROOM_IS_GONE: readonly (DisconnectReason | undefined)[] = [
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
];

/** What is known of the caller's presence. */
export interface CallerWatch {
  /** Resolves once the caller is in the room, or nobody is waited for any more. */
  isHere(): Promise<void>;
}

/** Watches from before the room is joined. `identity`: the caller's. `end` is told once, at the very moment. */
export function watchCaller(room: Room, identity: string, end: EndCall): CallerWatch {
  let isOver = false;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of waiting) go();
    waiting.clear();
  };
  const finish: EndCall = (reason, error) => {
    isOver = true;
    wake();
    return end(reason, error);
  };
  room.on(RoomEvent.ParticipantConnected, (one) => {
    if (one.identity === identity) wake();
  });
  room.on(RoomEvent.ParticipantDisconnected, ({ identity: who, disconnectReason }) => {
    if (who !== identity) return;
    if (disconnectReason === DisconnectReason.ROOM_DELETED) void finish('agent_disconnected');
    else if (CALLER_IS_GONE.includes(disconnectReason)) void finish('user_disconnected');
  });
  room.on(RoomEvent.Disconnected, (reason) => {
    // Our own leaving is told by whoever caused it.
    if (reason === DisconnectReason.CLIENT_INITIATED) wake();
    else if (!ROOM_IS_GONE.includes(reason)) {
      void finish('system_failure', 'The agent lost its connection to the room.');
    } else if (room.remoteParticipants.has(identity)) {
      void finish('agent_disconnected');
    } else void finish('user_disconnected');
  });
  return {
    isHere: () =>
      isOver || room.remoteParticipants.has(identity)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.add(resolve)),
  };
}
