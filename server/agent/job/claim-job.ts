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
    return { job, clockOffsetMs: offsetOf(Date.parse(job.server_time), askedAt, Date.now()) };
  }, PATIENCE);
}

/**
 * The server has looked at its clock between the two moments of this one. Clocks that may be the same are: a server that is busy
 * looks late, and half of the way would be told as a difference.
 */
function offsetOf(serverTime: number, askedAt: number, answeredAt: number): number {
  return Math.min(Math.max(0, serverTime - answeredAt), serverTime - askedAt);
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
