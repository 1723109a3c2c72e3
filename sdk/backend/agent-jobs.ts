/**
 * `/v1/agent-jobs` for the worker that answers a call: claim the job, then report events, the recording and the
 * outcome.
 */
import { openRest } from '../rest/core/open-rest.js';
import { RestError } from '../rest/core/rest-error.js';
import type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsResponse,
  AgentJobOutcome,
  AgentJobSuccessor,
  AgentJobTransferRequest,
  RecordingChunkResponse,
} from '../wire/agent-job.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import { pathOf } from './path-of.js';

/** The server and the call of a job. */
export interface AgentJobsOptions {
  /** Address of the server, e.g. `https://calls.example.com`. */
  serverUrl: string;
  callId: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
  /** Time limit of one request in ms. Default 10,000. */
  timeoutMs?: number;
}

/** Error codes that mean: the call is not open for this agent. */
const CLOSED: readonly string[] = ['call_already_ended', 'conflict', 'token_invalid'];

/** The requests of one job, in the order in which a worker makes them. Each rejects with a `RestError`. */
export interface AgentJobs {
  /**
   * Whether the call waits for an agent; to be asked before a job is accepted. `false` when the call has ended, does
   * not exist, or another agent has claimed its job. `livekitToken`: any LiveKit token of kind `agent` for the call's
   * room.
   */
  isOpen(livekitToken: string): Promise<boolean>;
  /**
   * Claims the job. `livekitToken`: the one that LiveKit gave the worker for this job. Rejects with `conflict` when
   * another agent has claimed it.
   */
  claim(livekitToken: string): Promise<AgentJob>;
  /**
   * Reports 1 to 100 events in order, at most 1 MiB as JSON. Events with a `seq` that is stored already are ignored.
   */
  reportEvents(jobToken: string, events: readonly AgentJobEvent[]): Promise<AgentJobEventsResponse>;
  /**
   * Asks for the agent that is to go on with the call. Report a `transfer` event when it speaks, or when it came to
   * nothing. Rejects with `not_found`, `version_not_published`, or with `conflict` after ten transfers and where the call
   * has lasted longer than that agent's version allows.
   */
  transfer(jobToken: string, request: AgentJobTransferRequest): Promise<AgentJobSuccessor>;
  /**
   * Sends chunk `seq` (from 0) of the recording: at most 1 MiB of 16-bit little-endian stereo PCM, left the caller,
   * right the agent.
   */
  putRecording(
    jobToken: string,
    seq: number,
    pcm: Uint8Array,
    about: { sampleRate: number; startedAt: Date },
  ): Promise<RecordingChunkResponse>;
  /**
   * Reports the outcome; resolves with how the call ended. `end_reason` is null while a caller who left may still come
   * back.
   */
  reportOutcome(jobToken: string, outcome: AgentJobOutcome): Promise<TerminateWebCallResponse>;
}

/**
 * The requests of one job. Each rejects with a `RestError`, and is sent once: the agent decides how long to retry.
 *
 * @example
 * const jobs = openAgentJobs({ serverUrl: 'http://127.0.0.1:8787', callId });
 * const job = await jobs.claim(livekitToken);
 * await jobs.reportOutcome(job.job_token, { end_reason: 'agent_disconnected' });
 */
export function openAgentJobs(options: AgentJobsOptions): AgentJobs {
  const { serverUrl, callId, timeoutMs = 10_000, fetch } = options;
  const ask = openRest({ serverUrl, timeoutMs, retries: 0, fetch });
  const path = pathOf`/v1/agent-jobs/${callId}`;
  const post = <T>(verb: string, bearer: string, body: object): Promise<T> =>
    ask({ method: 'POST', path: `${path}/${verb}`, bearer, body });

  return {
    isOpen: async (bearer) => {
      try {
        await ask({ method: 'GET', path, bearer });
        return true;
      } catch (error) {
        if (error instanceof RestError && CLOSED.includes(error.code)) return false;
        throw error;
      }
    },
    claim: (livekitToken) => post('claim', livekitToken, {}),
    reportEvents: (jobToken, events) => post('events', jobToken, { events }),
    transfer: (jobToken, request) => post('transfer', jobToken, request),
    putRecording: (bearer, seq, body, { sampleRate, startedAt }) => {
      const headers = {
        'content-type': 'audio/pcm',
        'x-sample-rate': String(sampleRate),
        'x-started-at': startedAt.toISOString(),
      };
      return ask({ method: 'PUT', path: `${path}/recording/${seq}`, bearer, body, headers });
    },
    reportOutcome: (jobToken, outcome) => post('outcome', jobToken, outcome),
  };
}
