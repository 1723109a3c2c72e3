/** A broken connection is tried again soon, and not for ever. */
import { expect, it } from 'vitest';
import { reconnectPolicy } from '../../../sdk/media/reconnect-policy.js';

it('tries at once, ever more slowly, and gives up when the server has', () => {
  const delays: number[] = [];
  let elapsedMs = 0;
  for (let retryCount = 0; ; retryCount += 1) {
    const delay = reconnectPolicy.nextRetryDelayInMs({ retryCount, elapsedMs });
    if (delay === null) break;
    delays.push(delay);
    elapsedMs += delay;
  }
  expect(delays[0]).toBe(0);
  expect([...delays].sort((a, b) => a - b)).toEqual(delays);
  expect(elapsedMs).toBeGreaterThan(15_000);
  expect(elapsedMs).toBeLessThan(30_000);
});
