/** A server's side of one job, as a script: what each request meets, and what arrived. */
import { RestError } from '../../../sdk/rest/core/rest-error.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { ErrorCode } from '../../../sdk/wire/error-body.js';
import type { AgentJobEvent, AgentJobOutcome } from '../../../sdk/wire/agent-job.js';

/** What a request meets. `slow`: it took too long to arrive. `lost answer`: the server has it, and the worker does not know. */
export type Fate = 'ok' | 'away' | 'slow' | 'refused' | 'lost answer';

/** The requests of a job, and their record. */
export interface ScriptedJobs extends AgentJobs {
  /** Taken one a request; `ok` when none is left. */
  fates: Fate[];
  /** Events that the server does not take, whatever comes with them. */
  isSpoiled: (event: AgentJobEvent) => boolean;
  batches: (readonly AgentJobEvent[])[];
  chunks: { seq: number; bytes: Uint8Array }[];
  outcomes: AgentJobOutcome[];
  requests: number;
}

/** Opens a script. */
export function scriptedJobs(...fates: Fate[]): ScriptedJobs {
  const script: ScriptedJobs = {
    fates,
    isSpoiled: () => false,
    batches: [],
    chunks: [],
    outcomes: [],
    requests: 0,
    isOpen: () => Promise.reject(new Error('not scripted')),
    claim: () => Promise.reject(new Error('not scripted')),
    reportEvents: (_token, events) =>
      events.some(script.isSpoiled)
        ? refuse(400, 'validation_failed')
        : meet(() => {
            script.batches.push([...events]);
            return { next_seq: (events.at(-1)?.seq ?? 0) + 1 };
          }),
    transfer: () => Promise.reject(new Error('not scripted')),
    putRecording: (_token, seq, bytes) =>
      meet(() => {
        script.chunks.push({ seq, bytes });
        return { next_seq: seq + 1 };
      }),
    reportOutcome: (_token, outcome) =>
      meet(() => {
        script.outcomes.push(outcome);
        const { end_reason } = outcome;
        return { call_id: 'call_1', status: 'completed', end_reason, ended_at: null };
      }),
  };

  function refuse(status: number, code: ErrorCode): Promise<never> {
    return Promise.reject(new RestError(code, 'no', { status }));
  }

  function meet<T>(keep: () => T): Promise<T> {
    script.requests += 1;
    const fate = script.fates.shift() ?? 'ok';
    if (fate === 'refused') return refuse(401, 'token_invalid');
    if (fate === 'slow') return refuse(408, 'request_timeout');
    if (fate === 'away') return Promise.reject(new RestError('network_unreachable', 'away'));
    const answer = keep();
    if (fate === 'ok') return Promise.resolve(answer);
    return Promise.reject(new RestError('network_unreachable', 'reset'));
  }

  return script;
}
