// Builds the leave message that ends a client's session.
import { LeaveRequest, LeaveRequest_Action } from '@livekit/protocol';
import type { SignalResponse, DisconnectReason } from '@livekit/protocol';

/** A leave that ends the session, or sends the client into a full reconnect. */
export function leaveMessage(
  reason: DisconnectReason,
  action: LeaveRequest_Action = LeaveRequest_Action.DISCONNECT,
): SignalResponse['message'] {
  const canReconnect = action !== LeaveRequest_Action.DISCONNECT;
  return { case: 'leave', value: new LeaveRequest({ reason, action, canReconnect }) };
}
