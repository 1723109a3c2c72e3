/** Bodies of `POST /v1/web-calls` and `…/terminate`. */
import { z } from '@hono/zod-openapi';
import { counted, instant, metadata, variables } from './common.js';
import type { CallStatus, CallerEndReason, EndReason } from '../../../sdk/wire/call-status.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
} from '../../../sdk/wire/web-call.js';
import type { Exact, Proof } from './exact.js';

/** Where a call stands. */
export const callStatus = z.enum([
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
]);

/** Why a call ended. */
export const endReason = z.enum([
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
]);

const callerEndReason = z.enum([
  'user_disconnected',
  'page_closed',
  'microphone_denied',
  'network_failure',
]);

/** What the visitor agreed to. */
export const consent = z.strictObject({
  text: z.string().min(1).max(4_000),
  version: z.string().max(200).optional(),
  accepted_at: instant,
});

/** What a browser says of its page by itself is no reason to refuse a call. */
function keptText(length: number) {
  return z
    .string()
    .overwrite((text) => text.slice(0, length).replace(/\p{Surrogate}$/u, ''))
    .openapi({ description: `Kept up to ${length.toLocaleString('en')} characters.` });
}

/** Names a published version and says what the call carries. */
export const createWebCallRequest = z
  .strictObject({
    agent_version_id: z.string().min(1).max(100).optional(),
    agent_id: z.string().min(1).max(100).optional(),
    agent_version_number: counted.optional(),
    variables: variables.optional(),
    metadata: metadata.optional(),
    consent: consent.optional(),
    locale: keptText(35).optional(),
    page_url: keptText(2_000).optional(),
  })
  .refine((body) => body.agent_version_id !== undefined || body.agent_id !== undefined, {
    path: ['agent_id'],
    message: 'give agent_version_id, or agent_id',
  })
  .openapi('CreateWebCallRequest');

/** The grant. */
export const createWebCallResponse = z
  .object({
    call_id: z.string(),
    type: z.literal('web'),
    status: callStatus,
    agent_id: z.string(),
    agent_name: z.string(),
    agent_version_id: z.string(),
    agent_version_number: z.int(),
    server_url: z.string(),
    access_token: z.string(),
    call_token: z.string(),
    expires_at: instant,
  })
  .openapi('CreateWebCallResponse');

/** Ends a call. */
export const terminateWebCallRequest = z
  .strictObject({
    reason: callerEndReason.optional(),
    call_token: z.string().max(4_000).optional(),
  })
  .openapi('TerminateWebCallRequest');

/** How it ended, or that it has not. */
export const terminateWebCallResponse = z
  .object({
    call_id: z.string(),
    status: callStatus,
    end_reason: endReason.nullable(),
    ended_at: instant.nullable(),
  })
  .openapi('TerminateWebCallResponse');

/** These fail to compile when a schema and the wire drift apart. */
export type WebCallProofs = [
  Proof<Exact<z.output<typeof callStatus>, CallStatus>>,
  Proof<Exact<z.output<typeof endReason>, EndReason>>,
  Proof<Exact<z.output<typeof callerEndReason>, CallerEndReason>>,
  Proof<Exact<z.output<typeof createWebCallRequest>, CreateWebCallRequest>>,
  Proof<Exact<z.output<typeof createWebCallResponse>, CreateWebCallResponse>>,
  Proof<Exact<z.output<typeof terminateWebCallRequest>, TerminateWebCallRequest>>,
  Proof<Exact<z.output<typeof terminateWebCallResponse>, TerminateWebCallResponse>>,
];
