/** An agent's way to the server: claim a job, report what is said, hand in the recording and the outcome. */
import type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsResponse,
  AgentJobOutcome,
  RecordingChunkResponse,
} from '../wire/agent-job.js';
import type { ErrorBody } from '../wire/error-body.js';
import type { TerminateWebCallResponse } from '../wire/web-call.js';

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

/** A refusal by the server, with its HTTP status and stable code; status 0 when nothing answered. */
export class AgentJobError extends Error {
  readonly status: number;
  readonly code: string;

  private constructor(status: number, code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'AgentJobError';
    this.status = status;
    this.code = code;
  }

  /** The server said no. */
  static refused(status: number, body: Partial<ErrorBody> | null): AgentJobError {
    const message = body?.message;
    const text = Array.isArray(message) ? message.join(' ') : message;
    return new AgentJobError(status, body?.code ?? 'internal_error', text ?? `HTTP ${status}`);
  }

  /** The server was not reached, or did not answer in time. */
  static unreachable(cause: unknown): AgentJobError {
    return new AgentJobError(0, 'network_unreachable', 'The server was not reached.', cause);
  }

  /** Whether the same request may succeed later. */
  get isTransient(): boolean {
    return [0, 408, 429].includes(this.status) || this.status >= 500;
  }
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
 * Opens the requests of one job. Every one throws an `AgentJobError`.
 *
 * @example
 * const jobs = openAgentJobs({ serverUrl: 'http://127.0.0.1:8787', callId });
 * const job = await jobs.claim(livekitToken);
 * await jobs.reportOutcome(job.job_token, { end_reason: 'agent_disconnected' });
 */
export function openAgentJobs(options: AgentJobsOptions): AgentJobs {
  const request = options.fetch ?? globalThis.fetch;
  const base = `${options.serverUrl.replace(/\/+$/, '')}/v1/agent-jobs/${options.callId}`;

  async function send(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    token: string,
    body: string | Uint8Array | undefined,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<unknown> {
    let response: Response;
    try {
      response = await request(`${base}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body === undefined ? {} : { body: body as BodyInit }),
        signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
      });
    } catch (cause) {
      throw AgentJobError.unreachable(cause);
    }
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw AgentJobError.refused(response.status, answer as Partial<ErrorBody>);
    return answer;
  }

  return {
    isOpen: async (livekitToken) => {
      try {
        await send('GET', '', livekitToken, undefined);
        return true;
      } catch (error) {
        if (error instanceof AgentJobError && CLOSED.includes(error.code)) return false;
        throw error;
      }
    },
    claim: async (livekitToken) => (await send('POST', '/claim', livekitToken, '{}')) as AgentJob,
    reportEvents: async (jobToken, events) =>
      (await send(
        'POST',
        '/events',
        jobToken,
        JSON.stringify({ events }),
      )) as AgentJobEventsResponse,
    putRecording: async (jobToken, seq, pcm, { sampleRate, startedAt }) =>
      (await send('PUT', `/recording/${seq}`, jobToken, pcm, {
        'content-type': 'audio/pcm',
        'x-sample-rate': String(sampleRate),
        'x-started-at': startedAt.toISOString(),
      })) as RecordingChunkResponse,
    reportOutcome: async (jobToken, outcome) =>
      (await send(
        'POST',
        '/outcome',
        jobToken,
        JSON.stringify(outcome),
      )) as TerminateWebCallResponse,
  };
}
