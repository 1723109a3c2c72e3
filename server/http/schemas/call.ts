/** The call record, its list and its filters. */
import { z } from '@hono/zod-openapi';
import {
  instant,
  orderOfCursor,
  pageOf,
  pageQuery,
  queriedInstant,
  queriedNatural,
  severalIds,
  severalOf,
  variables,
} from './common.js';
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

const { type, call_direction, sentiment } = callSummary.shape;
const USUAL_ORDER = 'created_at.desc';
const RANGES = [
  ['start_date', 'end_date'],
  ['duration_min', 'duration_max'],
  ['latency_min', 'latency_max'],
] as const;
const orderable = (value: string | number): number =>
  typeof value === 'number' ? value : Date.parse(value);

/** Filters of `GET /v1/calls`. A comma separates alternatives. */
export const listCallsQuery = z
  .strictObject({
    ...pageQuery('call'),
    agent_id: severalIds('agent'),
    call_id: severalIds('call'),
    agent_version_id: severalIds('av'),
    agent_version_name: z.string().max(200).optional(),
    type: severalOf(type.options),
    call_direction: severalOf(call_direction.options),
    status: severalOf(callStatus.options),
    end_reason: severalOf(endReason.options),
    sentiment: severalOf(sentiment.options),
    start_date: queriedInstant,
    end_date: queriedInstant,
    duration_min: queriedNatural,
    duration_max: queriedNatural,
    duration_greater_than: queriedNatural,
    duration_less_than: queriedNatural,
    latency_min: queriedNatural,
    latency_max: queriedNatural,
    sort_by: z.enum(['created_at', 'duration']).optional(),
    sort_order: z.enum(['asc', 'desc']).optional(),
  })
  .superRefine((query, context) => {
    for (const [from, to] of RANGES) {
      const [least, most] = [query[from], query[to]];
      if (least === undefined || most === undefined || orderable(least) <= orderable(most))
        continue;
      context.addIssue({ code: 'custom', path: [from], message: `lies beyond ${to}` });
    }
  })
  .superRefine(({ cursor, sort_by = 'created_at', sort_order = 'desc' }, context) => {
    const order = cursor === undefined ? null : (orderOfCursor(cursor) ?? USUAL_ORDER);
    if (order === null || order === `${sort_by}.${sort_order}`) return;
    const [by, direction] = order.split('.');
    const message = `goes with sort_by=${by} and sort_order=${direction}, and with no other order`;
    context.addIssue({ code: 'custom', path: ['cursor'], message });
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
