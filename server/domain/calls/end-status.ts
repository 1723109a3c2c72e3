/** The final status that an end reason gives, depending on how far the call had come. */
import type { CallStatus, EndReason } from '../../../sdk/wire/call-status.js';

/** How far a call came before it ended. */
export type Progress = 'created' | 'initiated' | 'received';

/** `completed` only for a call that the agent answered; what broke is `failed` however far it came. */
export function endStatus(progress: Progress, reason: EndReason): CallStatus {
  if (reason === 'system_failure') return 'failed';
  if (progress === 'received') return 'completed';
  switch (reason) {
    case 'agent_did_not_join':
    case 'max_duration_reached':
    case 'silence_timeout':
      return 'no_answer';
    case 'network_failure':
    case 'agent_disconnected':
    case 'unknown':
      return 'failed';
    default:
      return 'cancelled';
  }
}
