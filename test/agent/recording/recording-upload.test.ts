/** A recording arrives whole and in its time, however long its store was away. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startRecordingUpload } from '../../../server/agent/recording/recording-upload.js';
import { StereoTimeline } from '../../../server/agent/recording/stereo-timeline.js';
import { scriptedJobs } from '../support/scripted-jobs.js';
import type { Fate, ScriptedJobs } from '../support/scripted-jobs.js';

const RATE = 16_000;
const BYTES_PER_SECOND = RATE * 4;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A call of so many seconds, whose caller says a number every second: the second's own. */
async function record(
  seconds: number,
  fates: Fate[],
): Promise<{ jobs: ScriptedJobs; lost: string[] }> {
  const jobs = scriptedJobs(...fates);
  const lost: string[] = [];
  const timeline = new StereoTimeline(RATE, Date.now());
  const upload = startRecordingUpload(timeline, jobs, 'token', new Date(), (sentence) =>
    lost.push(sentence),
  );
  for (let second = 1; second <= seconds; second += 1) {
    timeline.add('caller', Date.now(), new Int16Array(RATE).fill(second));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  const finished = upload.finish(60_000);
  await vi.advanceTimersByTimeAsync(60_000);
  await finished;
  return { jobs, lost };
}

/** What is heard in the middle of a second. */
function heardAt(jobs: ScriptedJobs, second: number): number {
  const bytes = Buffer.concat(jobs.chunks.map((chunk) => chunk.bytes));
  return bytes.readInt16LE((second - 0.5) * BYTES_PER_SECOND);
}

function away(requests: number): Fate[] {
  return Array.from({ length: requests }, () => 'away');
}

it('loses nothing of five minutes without a store, in chunks that the server takes', async () => {
  const { jobs, lost } = await record(400, away(65));
  expect(lost).toEqual([]);
  expect(jobs.chunks.map((chunk) => chunk.seq)).toEqual(jobs.chunks.map((_, i) => i));
  expect(Math.max(...jobs.chunks.map((chunk) => chunk.bytes.length))).toBeLessThan(1_048_576);
  for (const second of [1, 80, 100, 299, 399]) expect(heardAt(jobs, second)).toBe(second);
});

it('is silent where too much was lost, says so once, and keeps the time of what follows', async () => {
  const { jobs, lost } = await record(1_200, away(190));
  expect(lost).toHaveLength(1);
  expect(lost[0]).toMatch(/silent part/);
  expect(heardAt(jobs, 500)).toBe(500);
  expect(heardAt(jobs, 800)).toBe(0);
  expect(heardAt(jobs, 1_150)).toBe(1_150);
});

it('hands in the same bytes again when an answer was lost', async () => {
  const { jobs } = await record(10, ['lost answer']);
  const [first, again] = jobs.chunks;
  expect(again?.seq).toBe(first?.seq);
  expect(again?.bytes).toEqual(first?.bytes);
});
