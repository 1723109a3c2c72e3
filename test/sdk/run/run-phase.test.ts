/** What a run holds at every step, whatever comes when. */
import { expect, it } from 'vitest';
import { reduceRun } from '../../../sdk/run/run-phase.js';
import type { RunEvent, RunPhase } from '../../../sdk/run/run-phase.js';

// Nothing here looks into it.
const session = { name: 'session' } as unknown as Extract<RunPhase, { name: 'up' }>['session'];
const got = (part: Extract<RunEvent, { type: 'got' }>['part']): RunEvent => ({ type: 'got', part });
const granted = (callId: string) => got({ ticket: { callId, callToken: 't' }, ticketTick: 1 });
const joining = got({ session, dropped: undefined });
const dropped = got({ dropped: 'connection_lost' });
const mediaUp: RunEvent = { type: 'mediaUp', session, up: { at: 5, tick: 2 } };
const closed: RunEvent = { type: 'closed', closing: { kind: 'hung_up' } };
const concluded: RunEvent = { type: 'concluded' };

const FRESH: RunPhase = { name: 'starting' };
const after = (...events: RunEvent[]): RunPhase => events.reduce<RunPhase>(reduceRun, FRESH);

it('starts with nothing, gathers what a call needs, and is up with media', () => {
  expect(after(got({ shown: true }), granted('call_1'), joining, mediaUp)).toEqual({
    name: 'up',
    shown: true,
    ticket: { callId: 'call_1', callToken: 't' },
    ticketTick: 1,
    session,
    up: { at: 5, tick: 2 },
  });
});

it('does not come up on a session that was dropped, and does on the next one', () => {
  expect(after(granted('call_1'), joining, dropped, mediaUp).name).toBe('starting');
  expect(after(granted('call_1'), joining, dropped, joining, mediaUp).name).toBe('up');
});

it('closes once, for the first reason, and keeps what has to be given back', () => {
  const first = after(granted('call_1'), joining, mediaUp, closed);
  expect(first).toMatchObject({ name: 'closing', closing: { kind: 'hung_up' }, session });
  expect(reduceRun(first, { type: 'closed', closing: { kind: 'page_closed' } })).toBe(first);
  expect(reduceRun(first, mediaUp)).toBe(first);
});

it('is over only after it was closing', () => {
  expect(after(concluded)).toBe(FRESH);
  expect(after(closed, concluded).name).toBe('over');
});

it('takes a grant that comes late, since it has to be ended', () => {
  for (const events of [[closed], [closed, concluded], [granted('call_1'), closed]]) {
    const before = after(...events);
    const late = reduceRun(before, granted('call_2'));
    expect(late).toMatchObject({ name: before.name, ticket: { callId: 'call_2' } });
  }
});
