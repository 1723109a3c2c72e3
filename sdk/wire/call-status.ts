/** The words for where a call stands and why it ended. DESIGN: "A call's life". */

/**
 * Where a call stands.
 *
 * `created` grant issued · `initiated` the caller's media is up · `received` the agent answered ·
 * `completed` connected and ended · `cancelled` the caller left first or never came ·
 * `no_answer` the agent never joined · `failed` media or set-up broke.
 * The remaining words exist for phone calls and are never set by a web call.
 */
export type CallStatus =
  | 'created'
  | 'initiated'
  | 'received'
  | 'completed'
  | 'cancelled'
  | 'no_answer'
  | 'failed'
  | 'sent'
  | 'did_not_pick'
  | 'busy'
  | 'retry_expired';

/** Why a call ended. The platform's list, then what a web call needs beside it. */
export type EndReason =
  | 'user_disconnected'
  | 'agent_disconnected'
  | 'user_did_not_pick_up'
  | 'user_busy'
  | 'user_unreachable'
  | 'invalid_phone_number'
  | 'destination_forbidden'
  | 'network_failure'
  | 'voicemail_detected'
  | 'system_failure'
  | 'system_at_capacity'
  | 'insufficient_balance'
  | 'unknown'
  | 'terminated_by_api'
  | 'max_duration_reached'
  | 'silence_timeout'
  | 'agent_did_not_join'
  | 'caller_never_joined'
  | 'microphone_denied'
  | 'page_closed';

/** The reasons that a page may give when it ends its own call. */
export type CallerEndReason = Extract<
  EndReason,
  'user_disconnected' | 'page_closed' | 'microphone_denied' | 'network_failure'
>;

/** The reasons that an agent may report as the outcome of its job. */
export type AgentEndReason = Extract<
  EndReason,
  | 'agent_disconnected'
  | 'user_disconnected'
  | 'silence_timeout'
  | 'max_duration_reached'
  | 'system_failure'
>;
