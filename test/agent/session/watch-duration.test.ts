/** The longest duration of a call, whoever speaks. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Speaking } from '../../../server/agent/session/speaking.js';
import { watchDuration } from '../../../server/agent/session/watch-duration.js';
import { workshopSettings } from '../support/workshop-settings.js';

const lasting = (seconds: number) => ({
  settings: workshopSettings({ max_call_duration_sec: seconds }),
});
let speaking: Speaking<ReturnType<typeof lasting>>;
let reached: number;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  speaking = new Speaking(lasting(100));
  reached = 0;
  stop = watchDuration(speaking, () => (reached += 1));
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

it.each([
  ['longer', 150],
  ['shorter', 80],
])('is that of the next agent, counted from where the call began: %s', (_what, seconds) => {
  vi.advanceTimersByTime(60_000);
  speaking.take(lasting(seconds));
  vi.advanceTimersByTime(seconds * 1_000 - 60_001);
  expect(reached).toBe(0);
  vi.advanceTimersByTime(1);
  expect(reached).toBe(1);
});

it('is over at once for an agent that would have ended it before', () => {
  vi.advanceTimersByTime(90_000);
  speaking.take(lasting(60));
  vi.advanceTimersByTime(0);
  expect(reached).toBe(1);
});

it('is nothing any more once the watch was stopped, whoever takes over', () => {
  stop();
  speaking.take(lasting(1));
  vi.advanceTimersByTime(200_000);
  expect(reached).toBe(0);
});
