/** What an agent's job asks and reports. */
import { z } from '@hono/zod-openapi';
import { counted, instant, variables } from './common.js';
import { versionSettings } from './version-settings.js';
import { turnLatency } from './call.js';
import type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsRequest,
  AgentJobEventsResponse,
  AgentJobOutcome,
  RecordingChunkResponse,
} from '../../../sdk/wire/agent-job.js';
import type { Exact, Proof } from './exact.js';

/** The job: what to be, and for whom. */
export const agentJob = z
  .object({
    call_id: z.string(),
    job_token: z.string(),
    room_name: z.string(),
    caller_identity: z.string(),
    agent_id: z.string(),
    agent_name: z.string(),
    agent_version_id: z.string(),
    agent_version_number: z.int(),
    settings: versionSettings,
    variables,
    record: z.boolean(),
    server_time: instant,
  })
  .openapi('AgentJob');

const seq = counted;

const agentJobEvent = z
  .discriminatedUnion('type', [
    z.strictObject({ seq, type: z.literal('answered'), at: instant }),
    z.strictObject({
      seq,
      type: z.literal('turn'),
      turn_id: z.string().min(1).max(100),
      role: z.enum(['user', 'agent']),
      content: z.string().max(20_000),
      started_at: instant,
      ended_at: instant,
      interrupted: z.boolean().optional(),
      confidence: z.number().min(0).max(1).nullable().optional(),
      intent: z.string().max(100).nullable().optional(),
      latency: turnLatency.strict().nullable().optional(),
    }),
    z.strictObject({
      seq,
      type: z.literal('function'),
      at: instant,
      name: z.string().min(1).max(100),
      ok: z.boolean(),
      latency_ms: z.number().min(0),
      error: z.string().max(2_000).optional(),
    }),
    z.strictObject({
      seq,
      type: z.literal('note'),
      at: instant,
      name: z.string().min(1).max(100),
      detail: z.record(z.string(), z.unknown()).optional(),
    }),
  ])
  .openapi('AgentJobEvent');

/** 1 to 100 events in order. */
export const agentJobEventsRequest = z
  .strictObject({ events: z.array(agentJobEvent).min(1).max(100) })
  .openapi('AgentJobEventsRequest');

/** Everything below `next_seq` is stored. */
export const nextSeqAnswer = z.object({ next_seq: z.int() }).openapi('NextSeq');

const count = z.int().min(0);

/** The agent's last word. */
export const agentJobOutcome = z
  .strictObject({
    end_reason: z.enum([
      'agent_disconnected',
      'user_disconnected',
      'silence_timeout',
      'max_duration_reached',
      'system_failure',
    ]),
    error: z.string().max(2_000).optional(),
    audio_cache: z
      .strictObject({ lookups: count, hits: count, misses: count, new_entries: count })
      .optional(),
  })
  .openapi('AgentJobOutcome');

/** These fail to compile when a schema and the wire drift apart. */
export type AgentJobProofs = [
  Proof<Exact<z.output<typeof agentJob>, AgentJob>>,
  Proof<Exact<z.output<typeof agentJobEvent>, AgentJobEvent>>,
  Proof<Exact<z.output<typeof agentJobEventsRequest>, AgentJobEventsRequest>>,
  Proof<Exact<z.output<typeof nextSeqAnswer>, AgentJobEventsResponse>>,
  Proof<Exact<z.output<typeof nextSeqAnswer>, RecordingChunkResponse>>,
  Proof<Exact<z.output<typeof agentJobOutcome>, AgentJobOutcome>>,
];
