/** Tells how the call ended, again when the server was away. */
import { setTimeout as wait } from 'node:timers/promises';
import { AgentJobError } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { EndReason } from '../../../sdk/wire/call-status.js';

const SLOWEST_RETRY_MS = 2_000;

/**
 * Answers why the call ended by its record; `null` where that is not known. Never rejects: a refusal means that the
 * server knows better, and silence that nobody can be told.
 */
export async function reportOutcome(
  jobs: AgentJobs,
  jobToken: string,
  outcome: AgentJobOutcome,
  patienceMs: number,
): Promise<EndReason | null> {
  const deadline = Date.now() + patienceMs;
  for (let failures = 0; Date.now() < deadline; failures += 1) {
    try {
      return (await jobs.reportOutcome(jobToken, outcome)).end_reason;
    } catch (error) {
      if (error instanceof AgentJobError && !error.isTransient) return null;
      await wait(Math.min(SLOWEST_RETRY_MS, 200 * 2 ** failures));
    }
  }
  return null;
}
