/** Asks the server what to be, for as long as a caller would wait. */
import { setTimeout as wait } from 'node:timers/promises';
import { AgentJobError } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';

const GIVE_UP_MS = 10_000;

/** What the server said, and how its clock differs from this one's. */
export interface ClaimedJob {
  job: AgentJob;
  /** Milliseconds to add to this clock to get the server's. */
  clockOffsetMs: number;
}

/** Throws the server's refusal, or the last failure when the server stays away. */
export async function claimJob(jobs: AgentJobs, livekitToken: string): Promise<ClaimedJob> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (let tries = 0; ; tries += 1) {
    const askedAt = Date.now();
    try {
      const job = await jobs.claim(livekitToken);
      const here = (askedAt + Date.now()) / 2;
      return { job, clockOffsetMs: new Date(job.server_time).getTime() - here };
    } catch (error) {
      const isFinal = error instanceof AgentJobError && !error.isTransient;
      if (isFinal || Date.now() > deadline) throw error;
      await wait(Math.min(2_000, 200 * 2 ** tries));
    }
  }
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
