/** Reports arrive in order, once counted, however the server behaves. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cutText } from '../../../server/agent/report/cut-text.js';
import { openReportQueue } from '../../../server/agent/report/report-queue.js';
import { reportOutcome } from '../../../server/agent/report/report-outcome.js';
import { scriptedJobs } from '../support/scripted-jobs.js';
import type { Fate, ScriptedJobs } from '../support/scripted-jobs.js';

const at = '2026-11-23T10:00:00.000Z';
const note = (name: string) => ({ type: 'note', at, name }) as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(...fates: Fate[]): {
  jobs: ScriptedJobs;
  lost: string[];
  queue: ReturnType<typeof openReportQueue>;
} {
  const jobs = scriptedJobs(...fates);
  const lost: string[] = [];
  return { jobs, lost, queue: openReportQueue(jobs, 'token', (sentence) => lost.push(sentence)) };
}

describe('the report queue', () => {
  it('numbers events from 1 and sends what came together in one request', async () => {
    const { jobs, queue } = open();
    for (const name of ['a', 'b', 'c']) queue.push(note(name));
    await vi.advanceTimersByTimeAsync(200);
    expect(jobs.batches).toEqual([
      [
        { seq: 1, ...note('a') },
        { seq: 2, ...note('b') },
        { seq: 3, ...note('c') },
      ],
    ]);
  });

  it('sends U+FFFD for what no database holds, which would cost the whole event', async () => {
    const { jobs, queue } = open();
    queue.push(note('a\u0000b \\u0000'));
    await vi.advanceTimersByTimeAsync(200);
    expect(jobs.batches).toEqual([[{ seq: 1, ...note('a\uFFFDb \\u0000') }]]);
  });

  it('never sends more than the server takes at once', async () => {
    const { jobs, queue } = open();
    for (let i = 0; i < 240; i += 1) queue.push(note(`n${i}`));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(Math.max(...jobs.batches.map((batch) => batch.length))).toBeLessThanOrEqual(100);
    expect(jobs.batches.flat().map((event) => event.seq)).toEqual(
      Array.from({ length: 240 }, (_, i) => i + 1),
    );
  });

  it('keeps everything through half a minute without a server', async () => {
    const { jobs, queue } = open(...Array.from({ length: 9 }, () => 'away' as const));
    queue.push(note('first'));
    await vi.advanceTimersByTimeAsync(15_000);
    queue.push(note('second'));
    expect(jobs.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(30_000);
    const names = jobs.batches.flat().map((event) => ('name' in event ? event.name : ''));
    expect(names).toEqual(['first', 'second']);
  });

  it('sends again what took too long to arrive', async () => {
    const { jobs, lost, queue } = open('slow', 'slow');
    queue.push(note('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(jobs.batches).toEqual([[{ seq: 1, ...note('a') }]]);
    expect(lost).toEqual([]);
  });

  it('repeats what may not have arrived under the same number', async () => {
    const { jobs, queue } = open('lost answer');
    queue.push(note('a'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(jobs.batches.flat().map((event) => event.seq)).toEqual([1, 1]);
  });

  it('stops with one sentence when the server refuses for good', async () => {
    const { jobs, lost, queue } = open('refused');
    queue.push(note('a'));
    await vi.advanceTimersByTimeAsync(1_000);
    queue.push(note('b'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(jobs.requests).toBe(1);
    expect(lost).toEqual(['the server refuses reports: token_invalid']);
  });

  it('goes on without what the server does not take', async () => {
    const { jobs, lost, queue } = open();
    jobs.isSpoiled = (event) => event.type === 'note' && event.name.startsWith('bad');
    const names = Array.from({ length: 70 }, (_, i) =>
      [13, 14, 60].includes(i) ? `bad${i}` : `n${i}`,
    );
    for (const name of names) queue.push(note(name));
    await vi.advanceTimersByTimeAsync(1_000);
    const told = jobs.batches.flat().map((event) => ('name' in event ? event.name : ''));
    expect(told).toEqual(names.filter((name) => !name.startsWith('bad')));
    expect(lost).toHaveLength(3);
    expect(lost[0]).toMatch(/note: validation_failed/);
  });

  it('goes on without what no request can be made of', async () => {
    const { jobs, lost, queue } = open();
    const report = jobs.reportEvents;
    jobs.reportEvents = async (token, events) => (JSON.stringify(events), report(token, events));
    const odd = { type: 'note' as const, at: '', name: 'odd', detail: { count: 1n } };
    for (const event of [note('a'), odd, note('b')]) queue.push(event);
    await vi.advanceTimersByTimeAsync(1_000);
    const told = jobs.batches.flat().map((event) => ('name' in event ? event.name : ''));
    expect(told).toEqual(['a', 'b']);
    expect(lost).toEqual([expect.stringMatching(/of type note: TypeError: .*BigInt/)]);
  });

  it('is flushed when all is stored, and gives up in time when it cannot be', async () => {
    const stored = open();
    stored.queue.push(note('a'));
    let isFlushed = false;
    void stored.queue.flush(60_000).then(() => (isFlushed = true));
    await vi.advanceTimersByTimeAsync(200);
    expect(isFlushed).toBe(true);

    const away = open(...Array.from({ length: 99 }, () => 'away' as const));
    away.queue.push(note('a'));
    let hasGivenUp = false;
    void away.queue.flush(3_000).then(() => (hasGivenUp = true));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(hasGivenUp).toBe(true);
  });
});

describe('a text that is too long', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab😀', 4, 'ab😀'],
    ['a😀b', 3, 'a😀'],
  ])('%s is cut at %i to %s', (text, most, cut) => expect(cutText(text, most)).toBe(cut));
});

describe('the outcome', () => {
  const outcome = { end_reason: 'agent_disconnected' } as const;

  it('is told until the server has it', async () => {
    const jobs = scriptedJobs('away', 'away', 'away');
    const told = reportOutcome(jobs, 'token', outcome, 60_000);
    await vi.advanceTimersByTimeAsync(10_000);
    await told;
    expect(jobs.outcomes).toEqual([outcome]);
  });

  it('is not told twice to a server that refuses', async () => {
    const jobs = scriptedJobs('refused');
    await reportOutcome(jobs, 'token', outcome, 60_000);
    expect(jobs.requests).toBe(1);
  });
});
