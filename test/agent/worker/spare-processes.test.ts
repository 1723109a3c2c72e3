/** How many processes wait for calls: by the demand that was seen, and by the memory that is free. */
import { expect, it } from 'vitest';
import { SpareProcesses } from '../../../server/agent/worker/spare-processes.js';

const MINUTE_MS = 60_000;

/** Seen at the moments given, in ms; how many wait right after the last one, or `laterMs` after it. */
function waiting(
  moments: number[],
  {
    laterMs = 0,
    freeMb = 64_000,
    most = 8,
  }: { laterMs?: number; freeMb?: number; most?: number } = {},
): number {
  let now = 0;
  const spare = new SpareProcesses(most, { now: () => now, freeMb: () => freeMb });
  for (const moment of moments) {
    now = moment;
    spare.jobTaken();
  }
  now += laterMs;
  return Number(spare);
}

it('expects three visitors at once until it knows better', () => {
  expect(waiting([])).toBe(3);
});

it('keeps one more than came at once in the last ten minutes', () => {
  expect(waiting([0])).toBe(2);
  expect(waiting([0, 60_000, 120_000])).toBe(2);
  expect(waiting([0, 2_000, 9_000, 60_000])).toBe(4);
  expect(waiting([0, 9_000, 18_000])).toBe(3);
  expect(waiting([0, 1, 2, 9 * MINUTE_MS])).toBe(4);
  expect(waiting([0, 1, 2, 9 * MINUTE_MS], { laterMs: 2 * MINUTE_MS })).toBe(2);
  expect(waiting([0, 1, 2, 3, 4], { laterMs: 11 * MINUTE_MS })).toBe(3);
});

it('lets them hold a quarter of the free memory at most, as many as are allowed, and always keeps one', () => {
  const burst = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(waiting(burst)).toBe(8);
  expect(waiting(burst, { most: 20 })).toBe(11);
  expect(waiting(burst, { freeMb: 4_000 })).toBe(4);
  expect(waiting(burst, { freeMb: 300 })).toBe(1);
  expect(waiting(burst, { most: 1 })).toBe(1);
});
