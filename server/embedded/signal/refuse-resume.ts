// Refuses to take up a client's former session: the client then joins anew, with a session of its own.
import { DisconnectReason, LeaveRequest_Action, ReconnectResponse } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import { leaveMessage } from '../rooms/leave.js';
import type { Admission } from './admission.js';
import { SignalConnection } from './signal-connection.js';

/** How long an older client of Rust's, Python's or Node's takes to believe that it is back; it forgets what it is told before. */
const BELIEF_MS = 2000;
const PATIENCE_MS = 6000;

/** An older client takes a refusal for another lost socket, and tries again for ever: it is let in, and then told to leave. */
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
    // Closed at once, the socket would be a lost one again.
    timers.push(
      setTimeout(leave, BELIEF_MS),
      setTimeout(() => signal.close(), PATIENCE_MS),
    );
  } else {
    leave();
    signal.close();
  }
}
