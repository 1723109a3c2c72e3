/** Tells how the call ended, again when the server was away. */
import { retry } from '../../../sdk/rest/core/retry.js';
import { withoutNul } from './without-nul.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type { EndReason } from '../../../sdk/wire/call-status.js';

const SLOWEST_RETRY_MS = 2_000;

/**
 * Answers why the call ended by its record; `null` where that is not known. Never rejects: a refusal means that the
 * server knows better, and silence that nobody can be told.
 */
export function reportOutcome(
  jobs: AgentJobs,
  jobToken: string,
  outcome: AgentJobOutcome,
  patienceMs: number,
): Promise<EndReason | null> {
  const patience = { withinMs: patienceMs, slowestMs: SLOWEST_RETRY_MS };
  const told = retry(() => jobs.reportOutcome(jobToken, withoutNul(outcome)), patience);
  return told.then(({ end_reason: reason }) => reason).catch(() => null);
}
