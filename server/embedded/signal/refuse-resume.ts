// Refuses to resume a former session: the client then joins again with a new one.
import { DisconnectReason, LeaveRequest_Action, ReconnectResponse } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import { leaveMessage } from '../rooms/leave.js';
import type { Admission } from './admission.js';
import { SignalConnection } from './signal-connection.js';

/** Older clients of the Rust family (rtc-node, Python) ignore messages for about so long after a resume. */
const RESUME_SETTLES_MS = 2000;
const CLOSE_AFTER_MS = 6000;

/**
 * An older client takes a refusal for another lost socket and tries again for ever. So its resume is accepted, and then
 * it is told to leave and reconnect.
 */
export function refuseResume(socket: WebSocket, { isDual }: Admission): void {
  const timers: NodeJS.Timeout[] = [];
  const signal = new SignalConnection(socket, {
    request: () => undefined,
    closed: () => timers.forEach(clearTimeout),
  });
  const leave = (): void =>
    signal.send(leaveMessage(DisconnectReason.STATE_MISMATCH, LeaveRequest_Action.RECONNECT));
  if (isDual) {
    signal.send({ case: 'reconnect', value: new ReconnectResponse() });
    // If the socket closed at once, the client would take it for another lost one.
    timers.push(
      setTimeout(leave, RESUME_SETTLES_MS),
      setTimeout(() => signal.close(), CLOSE_AFTER_MS),
    );
  } else {
    leave();
    signal.close();
  }
}
