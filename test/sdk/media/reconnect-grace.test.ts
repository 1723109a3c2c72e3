/** A broken connection is tried again soon, and not for ever. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReconnectGrace } from '../../../sdk/media/reconnect-grace.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The waits before each attempt, from an attempt's number on, until it gives up. */
function delays(grace: ReconnectGrace, from = 0): number[] {
  const found: number[] = [];
  for (let retryCount = from; ; retryCount += 1) {
    const delay = grace.nextRetryDelayInMs({ retryCount });
    if (delay === null) return found;
    found.push(delay);
    vi.advanceTimersByTime(delay);
  }
}

const sum = (values: number[]): number => values.reduce((all, value) => all + value, 0);

it('tries at once, ever more slowly, and gives up when the server has', () => {
  const found = delays(new ReconnectGrace());
  expect(found[0]).toBe(0);
  expect([...found].sort((a, b) => a - b)).toEqual(found);
  expect(sum(found)).toBeGreaterThan(15_000);
  expect(sum(found)).toBeLessThan(30_000);
});

it('has all its time again after the connection was whole, whichever attempt is the first it hears of', () => {
  const grace = new ReconnectGrace();
  expect(grace.nextRetryDelayInMs({ retryCount: 1 })).toBe(300);
  grace.whole();
  vi.advanceTimersByTime(86_400_000);
  expect(sum(delays(grace, 1))).toBeGreaterThan(15_000);
});
