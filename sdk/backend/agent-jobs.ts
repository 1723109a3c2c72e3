/** An agent's way to the server: claim a job, report what is said, hand in the recording and the outcome. */
import { openRest } from '../rest/core/open-rest.js';
import { RestError } from '../rest/core/rest-error.js';
import type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsResponse,
  AgentJobOutcome,
  RecordingChunkResponse,
} from '../wire/agent-job.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';
import { pathOf } from './path-of.js';

/** Where the server is, and how to reach it. */
export interface AgentJobsOptions {
  /** E.g. `https://calls.example.com`. */
  serverUrl: string;
  callId: string;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
  /** How long one request may take. Default 10,000 ms. */
  timeoutMs?: number;
}

/** What is said of a call that no agent may answer any more. */
const CLOSED: readonly string[] = ['call_already_ended', 'conflict', 'token_invalid'];

/** The requests of one job, in the order in which an agent makes them. */
export interface AgentJobs {
  /**
   * Whether the call waits for an agent, to be asked before a job is accepted: `false` when it has ended, is not known, or
   * another agent has claimed it. `livekitToken`: any of kind `agent` for the call's room.
   */
  isOpen(livekitToken: string): Promise<boolean>;
  /** `livekitToken`: the one that LiveKit gave the worker for this job. */
  claim(livekitToken: string): Promise<AgentJob>;
  /** 1 to 100 events in order, at most 1 MiB as JSON. */
  reportEvents(jobToken: string, events: readonly AgentJobEvent[]): Promise<AgentJobEventsResponse>;
  /** At most 1 MiB of 16-bit stereo PCM: left the caller, right the agent. */
  putRecording(
    jobToken: string,
    seq: number,
    pcm: Uint8Array,
    about: { sampleRate: number; startedAt: Date },
  ): Promise<RecordingChunkResponse>;
  /** Answers how the call really ended; `end_reason` is null while a caller who left may still come back. */
  reportOutcome(jobToken: string, outcome: AgentJobOutcome): Promise<TerminateWebCallResponse>;
}

/**
 * Opens the requests of one job. Every one rejects with a `RestError`, and is made once: how long it is worth trying again is
 * for the agent to say.
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
