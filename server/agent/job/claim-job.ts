/** Asks the server what to be, for as long as a caller would wait. */
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import { retry } from '../../../sdk/rest/core/retry.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';

const PATIENCE = { withinMs: 10_000, slowestMs: 2_000 };

/** What the server said, and how its clock differs from this one's. */
export interface ClaimedJob {
  job: AgentJob;
  /** Milliseconds to add to this clock to get the server's. */
  clockOffsetMs: number;
}

/** Throws the server's refusal, or the last failure when the server stays away. */
export function claimJob(jobs: AgentJobs, livekitToken: string): Promise<ClaimedJob> {
  return retry(async () => {
    const askedAt = Date.now();
    const job = await jobs.claim(livekitToken);
    const here = (askedAt + Date.now()) / 2;
    return { job, clockOffsetMs: new Date(job.server_time).getTime() - here };
  }, PATIENCE);
}

/** The call that LiveKit's job is for; `null` for metadata that is not ours. */
export function callIdOf(metadata: string): string | null {
  try {
    const parsed = JSON.parse(metadata) as { call_id?: unknown } | null;
    const id = parsed?.call_id;
    return typeof id === 'string' && /^call_\w{1,60}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}
