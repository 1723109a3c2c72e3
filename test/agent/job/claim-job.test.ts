/** What an agent takes for the server's clock. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgentJobs } from '../../../sdk/backend/agent-jobs.js';
import type { AgentJob } from '../../../sdk/wire/agent-job.js';
import { claimJob } from '../../../server/agent/job/claim-job.js';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** Of a server that is so far ahead, and takes `before` ms until it looks at its clock, and `after` until it is heard. */
async function offsetOf(ahead: number, before: number, after: number): Promise<number> {
  const claim = async (): Promise<AgentJob> => {
    await vi.advanceTimersByTimeAsync(before);
    const server_time = new Date(Date.now() + ahead).toISOString();
    await vi.advanceTimersByTimeAsync(after);
    return { server_time } as AgentJob;
  };
  const { clockOffsetMs } = await claimJob({ claim } as Partial<AgentJobs> as AgentJobs, 'token');
  return clockOffsetMs;
}

it('a server that is slow has the same clock', async () => {
  expect(await offsetOf(0, 262, 1)).toBe(0);
  expect(await offsetOf(0, 1, 400)).toBe(0);
  expect(await offsetOf(-30, 200, 20)).toBe(0);
});

it('another clock is known as exactly as the way there allows', async () => {
  expect(await offsetOf(60_000, 20, 10)).toBe(59_990);
  expect(await offsetOf(-60_000, 20, 10)).toBe(-59_980);
});
