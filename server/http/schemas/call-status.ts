/** The statuses and end reasons of a call, and which of the reasons a page or an agent may report. */
import { z } from '@hono/zod-openapi';
import { component } from './component.js';

/** Where a call stands. */
export const callStatus = component(
  'CallStatus',
  "Where a call stands. `created` grant issued · `initiated` the caller's media is up · `received` the agent answered · " +
    '`completed` connected and ended · `cancelled` the caller left first or never came · `no_answer` the agent never ' +
    'joined · `failed` media or set-up broke. The remaining words exist for phone calls and are never set by a web call.',
  z.enum([
    'created',
    'initiated',
    'received',
    'completed',
    'cancelled',
    'no_answer',
    'failed',
    'sent',
    'did_not_pick',
    'busy',
    'retry_expired',
  ]),
);

/** Why a call ended. */
export const endReason = component(
  'EndReason',
  "Why a call ended: the platform's list, then what a web call needs beside it.",
  z.enum([
    'user_disconnected',
    'agent_disconnected',
    'user_did_not_pick_up',
    'user_busy',
    'user_unreachable',
    'invalid_phone_number',
    'destination_forbidden',
    'network_failure',
    'voicemail_detected',
    'system_failure',
    'system_at_capacity',
    'insufficient_balance',
    'unknown',
    'terminated_by_api',
    'max_duration_reached',
    'silence_timeout',
    'agent_did_not_join',
    'caller_never_joined',
    'microphone_denied',
    'page_closed',
  ]),
);

/** The reasons that a page may give when it ends its own call. */
export const callerEndReason = component(
  'CallerEndReason',
  'The end reasons that a page may give when it ends its own call.',
  endReason.extract(['user_disconnected', 'page_closed', 'microphone_denied', 'network_failure']),
);

/** The reasons that an agent may report as the outcome of its job. */
export const agentEndReason = component(
  'AgentEndReason',
  'The end reasons that an agent may report as the outcome of its job.',
  endReason.extract([
    'agent_disconnected',
    'user_disconnected',
    'silence_timeout',
    'max_duration_reached',
    'system_failure',
  ]),
);
