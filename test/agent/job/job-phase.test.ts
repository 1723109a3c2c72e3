/** How a job goes on: step by step, and what ends its call first is how it ended. */
import { expect, it } from 'vitest';
import { reduceJob } from '../../../server/agent/job/job-phase.js';
import type { JobEvent, JobPhase } from '../../../server/agent/job/job-phase.js';

// Nothing here looks into the parts.
const part = <T>(name: string): T => ({ name }) as T;
const claimed: JobEvent = { type: 'claimed', claim: part('claim'), caller: part('caller') };
const opened: JobEvent = { type: 'conversation_opened', conversation: part('conversation') };
const heard: JobEvent = { type: 'caller_heard', upload: null, earlyTurn: null, stops: [] };
const ended: JobEvent = { type: 'ended', reason: 'silence_timeout', error: undefined };

const after = (...events: JobEvent[]): JobPhase =>
  events.reduce<JobPhase>(reduceJob, { name: 'claiming' });

it('claims, joins, waits for the caller, converses', () => {
  expect(after().name).toBe('claiming');
  expect(after(claimed).name).toBe('joining');
  expect(after(claimed, opened).name).toBe('awaiting_caller');
  expect(after(claimed, opened, heard)).toEqual({
    name: 'conversing',
    claim: { name: 'claim' },
    caller: { name: 'caller' },
    conversation: { name: 'conversation' },
    upload: null,
    earlyTurn: null,
    stops: [],
  });
});

it('takes no step before the one that leads to it, and none twice', () => {
  for (const event of [opened, heard]) expect(after(event)).toEqual({ name: 'claiming' });
  const joining = after(claimed);
  expect(reduceJob(joining, heard)).toBe(joining);
  const again: JobEvent = { type: 'claimed', claim: part('other'), caller: part('other') };
  expect(reduceJob(joining, again)).toBe(joining);
  const conversing = after(claimed, opened, heard);
  for (const event of [claimed, opened, heard]) {
    expect(reduceJob(conversing, event)).toBe(conversing);
  }
});

it('may end at every step, and knows how far it had come', () => {
  const ways: JobEvent[][] = [[], [claimed], [claimed, opened], [claimed, opened, heard]];
  for (const events of ways) {
    expect(after(...events, ended)).toEqual({
      name: 'over',
      last: after(...events),
      reason: 'silence_timeout',
      error: undefined,
    });
  }
});

it('ends once: what comes later changes nothing', () => {
  const over = after(claimed, opened, ended);
  const late: JobEvent = { type: 'ended', reason: 'system_failure', error: 'The agent hung.' };
  for (const event of [claimed, opened, heard, late]) expect(reduceJob(over, event)).toBe(over);
});
