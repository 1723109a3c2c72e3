/** Everything that can happen to a call, from whichever side it is told. */
import type { AgentEndReason, CallerEndReason, EndReason } from '../../../sdk/wire/call-status.js';
import type { TimelineEvent } from '../../../sdk/wire/call.js';

/** One thing that happened; `at` is when it did, where that is known and not now. */
export type CallEvent =
  | { type: 'caller_joined'; sid: string | null; at?: Date }
  | {
      type: 'caller_left';
      sid: string | null;
      reason: Extract<EndReason, 'user_disconnected' | 'network_failure'>;
    }
  | { type: 'caller_aborted' }
  /** Its page was left, and may be followed by another that takes the call up again. */
  | { type: 'caller_between_pages'; sid: string | null }
  | { type: 'agent_joined'; sid: string | null; identity: string; at?: Date }
  | {
      type: 'agent_left';
      sid: string | null;
      /** Why the call ends if it does not come back: it hung up, or it broke. */
      reason: Extract<EndReason, 'agent_disconnected' | 'system_failure'>;
    }
  /** No worker had taken the call. */
  | { type: 'agent_asked_again' }
  /** A worker has the call, and its agent is on its way. */
  | { type: 'agent_coming' }
  | { type: 'agent_answered' }
  | { type: 'agent_finished'; reason: AgentEndReason; error?: string | undefined }
  | { type: 'terminated_by_api'; api_key_id: string }
  | { type: 'terminated_by_caller'; reason: CallerEndReason }
  | { type: 'room_finished' }
  /** Somebody who may has ended the room while the call was on: the way in which agents hang up. */
  | { type: 'room_deleted' }
  /** The caller joined, and the workspace has as many open calls as it may. */
  | { type: 'turned_away' }
  | { type: 'server_stopped'; detail: string }
  | { type: 'time_passed' };

/** What the server itself writes into a timeline; nobody else's note may look like one of these. */
export const OWN_TIMELINE_TYPES = [
  'call_created',
  'caller_joined',
  'caller_left',
  'caller_returned',
  'agent_asked_again',
  'agent_joined',
  'agent_left',
  'agent_returned',
  'second_agent_joined',
  'agent_answered',
  'function_called',
  'audio_cache_used',
  'recording_failed',
  'call_transferred',
  'transfer_failed',
  'call_ended',
] as const;

/** A row that the timeline gains. */
export interface TimelineDraft {
  type: (typeof OWN_TIMELINE_TYPES)[number];
  source: TimelineEvent['source'];
  detail: Record<string, unknown>;
  /** Default: now. */
  at?: Date;
}
