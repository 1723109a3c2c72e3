/** Which end reasons are failures for the visitor, and which one to assume when the server does not answer. */
import type { CallErrorCode } from '../error/error-code.js';
import type { DisconnectCause } from '../media/media-port.js';
import type { EndReason } from '../wire/call-status.js';

const FAILURES: Partial<Record<EndReason, CallErrorCode>> = {
  network_failure: 'connection_lost',
  system_failure: 'agent_failed',
  system_at_capacity: 'capacity_reached',
  agent_did_not_join: 'agent_did_not_join',
  caller_never_joined: 'grant_expired',
  microphone_denied: 'microphone_denied',
};

/** The error of an end reason; `null` when the call has simply ended. */
export function failureOf(endReason: EndReason): CallErrorCode | null {
  return FAILURES[endReason] ?? null;
}

const GUESSES: Record<DisconnectCause, EndReason> = {
  left: 'user_disconnected',
  room_closed: 'unknown',
  // What the record will say once the time to come back is over.
  removed: 'user_disconnected',
  replaced: 'unknown',
  server_failed: 'system_failure',
  connection_lost: 'network_failure',
};

/** The most likely end reason for a lost connection. */
export function guessEndReason(cause: DisconnectCause): EndReason {
  return GUESSES[cause];
}

/** The end reason for an error that came before the server could give one. */
export function endReasonOfError(code: CallErrorCode): EndReason {
  switch (code) {
    case 'microphone_denied':
    case 'microphone_dismissed':
    case 'microphone_in_use':
    case 'microphone_not_found':
    case 'microphone_failed':
    case 'insecure_context':
      return 'microphone_denied';
    case 'capacity_reached':
      return 'system_at_capacity';
    case 'call_elsewhere':
      return 'user_busy';
    case 'offline':
    case 'network_unreachable':
    case 'blocked_by_page_policy':
    case 'insecure_server':
    case 'server_unreadable':
    case 'connection_failed':
    case 'connection_lost':
    case 'media_code_failed':
    case 'grant_expired':
      return 'network_failure';
    case 'aborted':
      return 'user_disconnected';
    case 'agent_did_not_join':
      return 'agent_did_not_join';
    case 'agent_failed':
    case 'internal_error':
    case 'media_unavailable':
    case 'database_unavailable':
    case 'storage_unavailable':
      return 'system_failure';
    default:
      return 'unknown';
  }
}
