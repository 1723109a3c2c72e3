/** The call record, its list and its filters. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, pageQuery, variables } from './common.js';
import { callStatus, consent, endReason } from './web-call.js';
import type {
  Call,
  CallRecording,
  CallRoute,
  CallSummary,
  Page,
  TimelineEvent,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import type { Exact, Proof } from './exact.js';

const ms = z.number().nullable();

/** Milliseconds that one answer took. */
export const turnLatency = z
  .object({ end_of_turn_ms: ms, stt_ms: ms, llm_ms: ms, tts_ms: ms, total_ms: ms })
  .openapi('TurnLatency');

/** One utterance. */
export const transcriptTurn = z
  .object({
    id: z.string(),
    role: z.enum(['user', 'agent']),
    content: z.string(),
    start_ms: z.number(),
    end_ms: z.number(),
    interrupted: z.boolean(),
    confidence: z.number().nullable(),
    intent: z.string().nullable(),
    latency: turnLatency.nullable(),
    source: z.enum(['agent', 'room']),
    unverified: z.boolean(),
  })
  .openapi('TranscriptTurn');

/** One row of the timeline. */
export const timelineEvent = z
  .object({
    id: z.string(),
    type: z.string(),
    at: instant,
    source: z.enum(['api', 'caller', 'agent', 'media', 'server']),
    status: callStatus.nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .openapi('TimelineEvent');

const callParticipant = z
  .object({
    role: z.enum(['caller', 'agent']),
    identity: z.string().nullable(),
    joined_at: instant,
    left_at: instant.nullable(),
  })
  .openapi('CallParticipant');

const callRoute = z
  .object({
    api_key_id: z.string().nullable(),
    api_key_name: z.string().nullable(),
    api_key_kind: z.enum(['publishable', 'secret']).nullable(),
    origin: z.string().nullable(),
    chosen_by: z.enum(['agent_version_id', 'agent_version_number', 'agent_id', 'agent_name']),
    entry_point: z.enum(['web_calls', 'livekit_token']),
    page_url: z.string().nullable(),
    locale: z.string().nullable(),
    user_agent: z.string().nullable(),
  })
  .openapi('CallRoute');

/** The recording's state and its link. */
export const callRecording = z
  .object({
    status: z.enum(['none', 'recording', 'available', 'erased']),
    url: z.string().nullable(),
    expires_at: instant.nullable(),
    duration_ms: z.number().nullable(),
    offset_ms: z.number().nullable(),
    channels: z.literal(2),
    sample_rate: z.number().nullable(),
    bytes: z.number().nullable(),
    content_type: z.string().nullable(),
  })
  .openapi('CallRecording');

/** A row of the history. */
export const callSummary = z
  .object({
    id: z.string(),
    type: z.enum(['web', 'phone']),
    call_direction: z.enum(['inbound', 'outbound']),
    status: callStatus,
    end_reason: endReason.nullable(),
    agent_id: z.string(),
    agent_name: z.string(),
    agent_version_id: z.string(),
    agent_version_number: z.int(),
    agent_version_title: z.string().nullable(),
    created_at: instant,
    started_at: instant.nullable(),
    answered_at: instant.nullable(),
    ended_at: instant.nullable(),
    duration_ms: z.number().nullable(),
    turn_count: z.int(),
    latency_ms: z.number().nullable(),
    sentiment: z.enum(['positive', 'neutral', 'negative', 'unknown']),
  })
  .openapi('CallSummary');

/** `accepted_at` is the server's moment, `client_accepted_at` the word of the visitor's clock. */
export const callConsent = consent
  .extend({ client_accepted_at: instant.nullable() })
  .openapi('CallConsent');

/** The whole detail. */
export const call = callSummary
  .extend({
    variables,
    metadata: z.record(z.string(), z.unknown()),
    consent: callConsent.nullable(),
    route: callRoute,
    participants: z.array(callParticipant),
    timeline: z.array(timelineEvent),
    transcript: z.array(transcriptTurn),
    recording: callRecording,
    summary: z.string().nullable(),
    json_output: z.record(z.string(), z.unknown()).nullable(),
    sensitive_delete: z.boolean(),
  })
  .openapi('Call');

/** A page of the history. */
export const callPage = pageOf(callSummary).openapi('CallPage');

/** Answer of `GET /v1/calls/{call_id}/transcript`. */
export const transcriptAnswer = z
  .object({ call_id: z.string(), transcript: z.array(transcriptTurn) })
  .openapi('Transcript');

/** Answer of `GET /v1/calls/{call_id}/events`. */
export const timelineAnswer = z
  .object({ call_id: z.string(), timeline: z.array(timelineEvent) })
  .openapi('Timeline');

const several = z.string().max(2_000).optional();
const natural = z.coerce.number().int().min(0).optional();

/** Filters of `GET /v1/calls`. A comma separates alternatives. */
export const listCallsQuery = z.strictObject({
  ...pageQuery('call'),
  agent_id: several,
  call_id: several,
  agent_version_id: several,
  agent_version_name: z.string().max(200).optional(),
  type: several,
  call_direction: several,
  status: several,
  end_reason: several,
  sentiment: several,
  start_date: instant.optional(),
  end_date: instant.optional(),
  duration_min: natural,
  duration_max: natural,
  duration_greater_than: natural,
  duration_less_than: natural,
  latency_min: natural,
  latency_max: natural,
  sort_by: z.enum(['created_at', 'duration']).optional(),
  sort_order: z.enum(['asc', 'desc']).optional(),
});

/** These fail to compile when a schema and the wire drift apart. */
export type CallProofs = [
  Proof<Exact<z.output<typeof transcriptTurn>, TranscriptTurn>>,
  Proof<Exact<z.output<typeof timelineEvent>, TimelineEvent>>,
  Proof<Exact<z.output<typeof callRoute>, CallRoute>>,
  Proof<Exact<z.output<typeof callRecording>, CallRecording>>,
  Proof<Exact<z.output<typeof callSummary>, CallSummary>>,
  Proof<Exact<z.output<typeof call>, Call>>,
  Proof<Exact<z.output<typeof callPage>, Page<CallSummary>>>,
];
