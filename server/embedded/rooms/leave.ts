// The leave message, which ends a client's session.
import { LeaveRequest, LeaveRequest_Action } from '@livekit/protocol';
import type { SignalResponse, DisconnectReason } from '@livekit/protocol';

/** A leave message; `action` says whether the client stays away (the default) or does a full reconnect. */
export function leaveMessage(
  reason: DisconnectReason,
  action: LeaveRequest_Action = LeaveRequest_Action.DISCONNECT,
): SignalResponse['message'] {
  const canReconnect = action !== LeaveRequest_Action.DISCONNECT;
  return { case: 'leave', value: new LeaveRequest({ reason, action, canReconnect }) };
}
