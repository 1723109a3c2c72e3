/** Which end reasons are a failure to the visitor, and what the SDK guesses when the server cannot be asked. */
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

/** The error that an end reason means to the visitor; `null` when the call simply ended. */
export function failureOf(endReason: EndReason): CallErrorCode | null {
  return FAILURES[endReason] ?? null;
}

const GUESSES: Record<DisconnectCause, EndReason> = {
  left: 'user_disconnected',
  room_closed: 'unknown',
  // As the record will say, when the time to come back is over.
  removed: 'user_disconnected',
  replaced: 'unknown',
  server_failed: 'system_failure',
  connection_lost: 'network_failure',
};

/** What a lost connection most likely means. */
export function guessEndReason(cause: DisconnectCause): EndReason {
  return GUESSES[cause];
}

/** The end reason that fits an error which came before the server could name one. */
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
