/**
 * Types of `/v1/agent-jobs/{call_id}/…`, by which a worker claims the job of a call and reports on it.
 *
 * The first request carries the token that LiveKit gave the worker for this job (kind `agent`, this room);
 * its answer holds the `job_token` for all that follow.
 */
import type { NextSeq } from './generated.js';

export type {
  AgentJob,
  AgentJobAnswered,
  AgentJobEvent,
  AgentJobEventsRequest,
  AgentJobFallbacks,
  AgentJobFunction,
  AgentJobMetadata,
  AgentJobNote,
  AgentJobOutcome,
  AgentJobSuccessor,
  AgentJobTrace,
  AgentJobTransfer,
  AgentJobTransferRequest,
  AgentJobTurn,
  AgentJobUsage,
} from './generated.js';

/** Answer of `POST /v1/agent-jobs/{call_id}/events`. */
export type AgentJobEventsResponse = NextSeq;

/**
 * Answer of `PUT /v1/agent-jobs/{call_id}/recording/{seq}`, whose body is at most 1 MiB of 16-bit
 * little-endian stereo PCM (left caller, right agent).
 */
export type RecordingChunkResponse = NextSeq;
