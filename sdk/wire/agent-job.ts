/**
 * `/v1/agent-jobs/{call_id}/…`: how the agent that answers a call learns what to be and reports what was said.
 *
 * The first request carries the token that LiveKit gave the worker for this job (kind `agent`, this room);
 * its answer holds a `job_token` for all that follow.
 */
import type { AgentEndReason } from './call-status.js';
import type { VersionSettings } from './agent.js';
import type { TurnLatency, TurnRole } from './call.js';
import type { VariableValue } from './web-call.js';

/** What LiveKit's job metadata holds, as JSON. The caller can read it: no secret may stand in it. */
export interface AgentJobMetadata {
  call_id: string;
}

/** Answer of `POST /v1/agent-jobs/{call_id}/claim`. */
export interface AgentJob {
  call_id: string;
  job_token: string;
  room_name: string;
  /** The caller's participant identity. */
  caller_identity: string;
  agent_id: string;
  agent_name: string;
  agent_version_id: string;
  agent_version_number: number;
  settings: VersionSettings;
  /** Call's values over the version's defaults, built-ins included. */
  variables: Record<string, VariableValue>;
  record: boolean;
  /** The server's clock, ISO 8601, so that a worker can correct its own. */
  server_time: string;
}

/** Times are ISO 8601 in the server's clock. `seq` counts from 1 within the job; a repeat is ignored. */
export type AgentJobEvent =
  | { seq: number; type: 'answered'; at: string }
  | {
      seq: number;
      type: 'turn';
      turn_id: string;
      role: TurnRole;
      content: string;
      started_at: string;
      ended_at: string;
      interrupted?: boolean;
      confidence?: number | null;
      intent?: string | null;
      latency?: TurnLatency | null;
    }
  | {
      seq: number;
      type: 'function';
      at: string;
      name: string;
      ok: boolean;
      latency_ms: number;
      error?: string;
    }
  | { seq: number; type: 'note'; at: string; name: string; detail?: Record<string, unknown> };

/** Body of `POST /v1/agent-jobs/{call_id}/events`: 1 to 100 events in order. */
export interface AgentJobEventsRequest {
  events: AgentJobEvent[];
}

/** `next_seq`: everything below it is stored. */
export interface AgentJobEventsResponse {
  next_seq: number;
}

/**
 * Answer of `PUT /v1/agent-jobs/{call_id}/recording/{seq}`, whose body is at most 1 MiB of 16-bit
 * little-endian stereo PCM (left caller, right agent). Headers of the request: `content-type:
 * audio/pcm`, `x-sample-rate` (Hz), and `x-started-at` (ISO 8601 of the first sample of chunk 0).
 */
export interface RecordingChunkResponse {
  next_seq: number;
}

/** Body of `POST /v1/agent-jobs/{call_id}/outcome`: the agent's last word; the server ends the call. */
export interface AgentJobOutcome {
  end_reason: AgentEndReason;
  /** One sentence for the timeline when something broke. */
  error?: string;
  audio_cache?: { lookups: number; hits: number; misses: number; new_entries: number };
}
