/** Tells how calls end whose own processes cannot: too busy before they are stopped, or dead. */
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
      // Claimed once more, as the participant that the job is: its own process keeps its token to itself.
      const { job_token: jobToken } = await jobs.claim(token);
      await jobs.reportOutcome(jobToken, outcome);
    }),
  );
}
