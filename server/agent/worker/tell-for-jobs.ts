/** Reports the outcome of calls whose own processes cannot, because they hang or are dead. */
import type { AgentServer } from '@livekit/agents';
import { openAgentJobs } from '../../../sdk/backend/agent-jobs.js';
import { AGENT_STOPPED } from '../job/job-progress.js';
import { callIdOf } from '../job/claim-job.js';

/** `error` is the record's sentence. Never rejects: a call that has been told of, or a server that is away, needs nothing more. */
export async function tellForJobs(
  serverUrl: string,
  running: AgentServer['activeJobs'],
  error = AGENT_STOPPED,
): Promise<void> {
  const outcome = { end_reason: 'system_failure', error } as const;
  await Promise.allSettled(
    running.map(async ({ job, token }) => {
      const callId = callIdOf(job.metadata);
      if (callId === null) return;
      const jobs = openAgentJobs({ serverUrl, callId });
      // Claimed again as the same participant, because only the job's own process has its token.
      const { job_token: jobToken } = await jobs.claim(token);
      await jobs.reportOutcome(jobToken, outcome);
    }),
  );
}
