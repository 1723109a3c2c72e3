/** How a call ends: once, whoever comes first, also before there is a conversation to close. */
import process from 'node:process';
import type { JobContext } from '@livekit/agents';
import type { AgentEndReason } from '../../../sdk/wire/call-status.js';

/** What the record says of a call whose agent was stopped. */
export const AGENT_STOPPED = 'The agent was stopped.';

/** Tells the server, and shuts the job down. Must not reject. */
export type TellEnd = (reason: AgentEndReason, error?: string) => Promise<void>;

/** The end of one call. */
export interface CallEnd {
  isOver(): boolean;
  /** What ends the call first is told; all that comes later waits for that. */
  finish: TellEnd;
  /** From now on the end is told like this. */
  tellBy(tell: TellEnd): void;
}

/**
 * Listens from now on for the end of the worker, which the framework passes on late.
 * `tell` is how the end is told until `tellBy` knows better.
 */
export function openCallEnd(ctx: JobContext, tell: TellEnd): CallEnd {
  let how = tell;
  let told: Promise<void> | null = null;
  const finish: TellEnd = (reason, error) => {
    process.off('SIGTERM', stopped);
    return (told ??= how(reason, error));
  };
  const stop = (): Promise<void> => finish('system_failure', AGENT_STOPPED);
  const stopped = (): void => void stop();
  ctx.addShutdownCallback(stop);
  process.once('SIGTERM', stopped);
  return {
    isOver: () => told !== null,
    finish,
    tellBy: (better) => {
      how = better;
    },
  };
}
