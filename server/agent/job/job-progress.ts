/** Follows one job through its phases, and has its end told once, whoever brings it about. */
import process from 'node:process';
import type { JobContext } from '@livekit/agents';
import type { AgentEndReason } from '../../../sdk/wire/call-status.js';
import { reduceJob } from './job-phase.js';
import type { JobEvent, JobPhase, OverPhase } from './job-phase.js';

/** What the record says of a call whose agent was stopped. */
export const AGENT_STOPPED = 'The agent was stopped.';

/** Ends the call, unless it has ended; resolves when the end is told. Never rejects. */
export type EndCall = (reason: AgentEndReason, error?: string) => Promise<void>;

/** One job on its way. */
export interface JobProgress {
  phase(): JobPhase;
  isOver(): boolean;
  /** Takes note of an event that does not end the call. */
  note(event: Exclude<JobEvent, { type: 'ended' }>): void;
  /** What ends the call first is told; all that comes later waits for that. */
  end: EndCall;
}

/**
 * Begins with a job that is being claimed. Listens for the end of the worker, which the framework passes on late. `tell`
 * tells the server of the end and shuts the job down, and must not reject.
 */
export function openJobProgress(
  ctx: JobContext,
  tell: (over: OverPhase) => Promise<void>,
): JobProgress {
  let phase: JobPhase = { name: 'claiming' };
  let told: Promise<void> = Promise.resolve();
  const end: EndCall = (reason, error) => {
    process.off('SIGTERM', stopped);
    const before = phase;
    phase = reduceJob(before, { type: 'ended', reason, error });
    if (phase !== before && phase.name === 'over') told = tell(phase);
    return told;
  };
  const stop = (): Promise<void> => end('system_failure', AGENT_STOPPED);
  const stopped = (): void => void stop();
  ctx.addShutdownCallback(stop);
  process.once('SIGTERM', stopped);
  return {
    phase: () => phase,
    isOver: () => phase.name === 'over',
    note: (event) => {
      phase = reduceJob(phase, event);
    },
    end,
  };
}
