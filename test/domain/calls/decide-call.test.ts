/** Every status meets every event: the table of a call's life, spelled out. */
import { describe, expect, it } from 'vitest';
import { decideCall } from '../../../server/domain/calls/decide-call.js';
import { nextDeadline } from '../../../server/domain/calls/deadlines.js';
import { callRow } from '../../support/rows.js';
import type { CallEvent } from '../../../server/domain/calls/call-event.js';
import type { CallState } from '../../../server/domain/calls/call-state.js';

const at = (sec: number) => new Date(sec * 1_000);
const NOW = at(10);

const joined = { started_at: at(5), caller_sid: 'PA_c', status: 'initiated' } as const;
const talking = {
  ...joined,
  status: 'received',
  agent_joined_at: at(6),
  answered_at: at(6),
  agent_sid: 'PA_a',
} as const;
const states = {
  created: {},
  initiated: joined,
  received: talking,
  callerAway: { ...talking, caller_left_at: at(9), caller_left_reason: 'user_disconnected' },
  agentAway: { ...talking, agent_left_at: at(9) },
  agentHungUp: { ...talking, agent_left_at: at(9), agent_left_reason: 'agent_disconnected' },
  ended: { ...talking, status: 'completed', end_reason: 'silence_timeout', ended_at: at(9) },
} satisfies Record<string, Partial<CallState>>;

const events = {
  caller_joined: { type: 'caller_joined', sid: 'PA_c2' },
  caller_left: { type: 'caller_left', sid: 'PA_c', reason: 'user_disconnected' },
  caller_lost: { type: 'caller_left', sid: 'PA_c', reason: 'network_failure' },
  caller_aborted: { type: 'caller_aborted' },
  agent_joined: { type: 'agent_joined', sid: 'PA_a2', identity: 'agent-2' },
  agent_left: { type: 'agent_left', sid: 'PA_a', reason: 'agent_disconnected' },
  agent_answered: { type: 'agent_answered' },
  agent_hung_up: { type: 'agent_finished', reason: 'agent_disconnected' },
  agent_saw_leave: { type: 'agent_finished', reason: 'user_disconnected' },
  agent_broke: { type: 'agent_finished', reason: 'system_failure', error: 'broke' },
  terminated_by_api: { type: 'terminated_by_api', api_key_id: 'key_1' },
  terminated_by_caller: { type: 'terminated_by_caller', reason: 'page_closed' },
  room_finished: { type: 'room_finished' },
  room_deleted: { type: 'room_deleted' },
  server_stopped: { type: 'server_stopped', detail: 'stopped' },
  time_passed: { type: 'time_passed' },
} satisfies Record<string, CallEvent>;

/** `-`: nothing changes; a status alone: still open; `status/reason`: over. */
const table: Record<keyof typeof events, readonly string[]> = {
  caller_joined: ['initiated', 'initiated', 'received', 'received', 'received', 'received'],
  caller_left: [
    'cancelled/user_disconnected',
    'initiated',
    'received',
    '-',
    'received',
    'received',
  ],
  caller_lost: [
    'failed/network_failure',
    'failed/network_failure',
    'completed/network_failure',
    'completed/network_failure',
    'completed/network_failure',
    'completed/network_failure',
  ],
  caller_aborted: ['failed/network_failure', '-', '-', '-', '-', '-'],
  agent_joined: ['created', 'received', 'received', 'received', 'received', 'received'],
  agent_left: ['-', '-', 'received', 'received', '-', '-'],
  agent_answered: ['-', 'received', '-', '-', '-', '-'],
  agent_hung_up: [
    'failed/agent_disconnected',
    'failed/agent_disconnected',
    'completed/agent_disconnected',
    'completed/agent_disconnected',
    'completed/agent_disconnected',
    'completed/agent_disconnected',
  ],
  agent_saw_leave: [
    'cancelled/user_disconnected',
    'initiated',
    'received',
    '-',
    'received',
    'received',
  ],
  agent_broke: Array<string>(6).fill('failed/system_failure'),
  terminated_by_api: [
    'cancelled/terminated_by_api',
    'cancelled/terminated_by_api',
    'completed/terminated_by_api',
    'completed/terminated_by_api',
    'completed/terminated_by_api',
    'completed/terminated_by_api',
  ],
  terminated_by_caller: [
    'cancelled/page_closed',
    'cancelled/page_closed',
    'completed/page_closed',
    'completed/page_closed',
    'completed/page_closed',
    'completed/page_closed',
  ],
  room_finished: [
    'cancelled/caller_never_joined',
    'failed/system_failure',
    'failed/system_failure',
    'completed/user_disconnected',
    'failed/system_failure',
    'completed/agent_disconnected',
  ],
  room_deleted: [
    'cancelled/caller_never_joined',
    'failed/system_failure',
    'completed/agent_disconnected',
    'completed/user_disconnected',
    'failed/system_failure',
    'completed/agent_disconnected',
  ],
  server_stopped: Array<string>(6).fill('failed/system_failure'),
  time_passed: ['-', '-', '-', '-', '-', '-'],
};

function outcome(call: CallState, event: CallEvent, now = NOW): string {
  const decision = decideCall(call, event, now);
  if (!decision) return '-';
  const { status, end_reason: reason } = { ...call, ...decision.changes };
  return reason ? `${status}/${reason}` : status;
}

describe('decideCall', () => {
  const eventNames = Object.keys(events) as (keyof typeof events)[];
  const stateNames = Object.keys(states) as (keyof typeof states)[];

  it.each(eventNames)('knows what %s does to a call in every state', (name) => {
    const open = stateNames.filter((state) => state !== 'ended');
    const seen = open.map((state) => outcome(callRow('c', states[state]), events[name]));
    expect(seen).toEqual(table[name]);
  });

  it.each(eventNames)('lets %s change nothing once a call has ended', (name) => {
    expect(decideCall(callRow('c', states.ended), events[name], NOW)).toBeNull();
  });

  it('gives every end a reason, a moment and one row, and no other change any of them', () => {
    for (const state of stateNames) {
      for (const event of Object.values(events)) {
        const decision = decideCall(callRow('c', states[state]), event, NOW);
        if (!decision) continue;
        const { ended_at: endedAt, end_reason: reason } = decision.changes;
        const ends = decision.timeline.filter((row) => row.type === 'call_ended');
        expect(ends).toHaveLength(endedAt ? 1 : 0);
        expect(Boolean(reason)).toBe(Boolean(endedAt));
        if (ends[0]) expect(ends[0].detail['end_reason']).toBe(reason);
      }
    }
  });

  it('does not take news of an earlier stay for a leave', () => {
    const call = callRow('c', talking);
    const leave = { sid: 'PA_old', reason: 'network_failure' } as const;
    expect(decideCall(call, { type: 'caller_left', ...leave }, NOW)).toBeNull();
    expect(decideCall(call, { ...events.agent_left, sid: 'PA_old' }, NOW)).toBeNull();
  });

  it('lets a caller come back within the grace', () => {
    const call = callRow('c', states.callerAway);
    const back = decideCall(call, events.caller_joined, NOW);
    expect(back?.changes).toMatchObject({ caller_left_at: null, caller_left_reason: null });
    expect(back?.timeline.map((row) => row.type)).toEqual(['caller_returned']);
  });

  it('answers at once when the agent was there first', () => {
    const call = callRow('c', { agent_joined_at: at(4), agent_sid: 'PA_a' });
    expect(outcome(call, events.caller_joined)).toBe('received');
  });
});

describe('a leaving', () => {
  it.each(['caller_left', 'agent_left', 'agent_saw_leave'] as const)(
    'says in the timeline why: %s',
    (name) => {
      const decision = decideCall(callRow('c', states.received), events[name], NOW);
      const cause = name === 'agent_left' ? 'agent_disconnected' : 'user_disconnected';
      expect(decision?.timeline).toMatchObject([{ detail: { cause } }]);
    },
  );
});

describe('nextDeadline', () => {
  it.each([
    ['created', 130, 'cancelled/caller_never_joined'],
    ['initiated', 20, 'no_answer/agent_did_not_join'],
    ['received', 615, 'completed/max_duration_reached'],
    ['callerAway', 13, 'completed/user_disconnected'],
    ['agentAway', 13, 'failed/system_failure'],
    ['agentHungUp', 13, 'completed/agent_disconnected'],
  ] as const)('ends a call that stays %s at second %i as %s', (state, second, end) => {
    const call = callRow('c', states[state]);
    const early = new Date(at(second).getTime() - 1);
    expect(nextDeadline(call)?.at).toEqual(at(second));
    expect(outcome(call, events.time_passed, early)).toBe('-');
    expect(outcome(call, events.time_passed, at(second))).toBe(end);
  });

  it.each([
    [12, 27],
    [19, 34],
    [30, 35],
  ])('gives an agent that was asked for again at second %i until second %i', (asked, until) => {
    const call = callRow('c', joined);
    const decision = decideCall(call, { type: 'agent_asked_again' }, at(asked));
    const since = { ...call, ...decision?.changes };
    expect(nextDeadline(since)).toEqual({ at: at(until), reason: 'agent_did_not_join' });
    expect(outcome(since, events.time_passed, at(until))).toBe('no_answer/agent_did_not_join');
  });

  it('gives an agent that is on its way as long, and none that is there', () => {
    const call = callRow('c', joined);
    const decision = decideCall(call, { type: 'agent_coming' }, at(12));
    expect(decision?.timeline).toEqual([]);
    const since = { ...call, ...decision?.changes };
    expect(nextDeadline(since)).toEqual({ at: at(27), reason: 'agent_did_not_join' });
    expect(decideCall(callRow('c', states.received), { type: 'agent_coming' }, at(12))).toBeNull();
    const early = { ...call, agent_asked_at: at(-3) };
    expect(nextDeadline(early)).toEqual({ at: at(20), reason: 'agent_did_not_join' });
  });

  it('has none after the end', () => {
    expect(nextDeadline(callRow('c', states.ended))).toBeNull();
  });

  it('counts a call only until its agent hung up', () => {
    const decision = decideCall(callRow('c', states.agentHungUp), events.time_passed, at(60));
    expect(decision?.changes).toMatchObject({ ended_at: at(9), duration_ms: 4_000 });
    expect(decision?.timeline).toMatchObject([{ type: 'call_ended', at: at(9) }]);
  });

  it('counts a call only until its caller left', () => {
    const decision = decideCall(callRow('c', states.callerAway), events.time_passed, at(60));
    expect(decision?.changes).toMatchObject({ ended_at: at(9), duration_ms: 4_000 });
    expect(decision?.timeline).toMatchObject([{ type: 'call_ended', at: at(9) }]);
  });
});
