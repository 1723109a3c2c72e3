/** The rules of the call's state: what fits where, and that the rest changes nothing. */
import { describe, expect, it } from 'vitest';
import { CallError } from '../../../sdk/error/call-error.js';
import type { CallState } from '../../../sdk/state/call-state.js';
import { reduceCall, type CallAction } from '../../../sdk/state/reduce-call.js';

const end = { callId: 'call_1', endReason: 'user_disconnected', durationMs: 5 } as const;
const live = { callId: 'call_1', agentState: 'listening', muted: false, startedAt: 1 } as const;
const error = new CallError('connection_lost');

const states: Record<CallState['status'], CallState> = {
  idle: { status: 'idle' },
  starting: { status: 'starting', stage: 'grant', callId: null, muted: false },
  active: { status: 'active', ...live },
  reconnecting: { status: 'reconnecting', ...live },
  ending: { status: 'ending', callId: 'call_1' },
  ended: { status: 'ended', ...end },
  failed: { status: 'failed', error, ...end },
};

const actions: CallAction[] = [
  { type: 'started', muted: true },
  { type: 'stageReached', stage: 'connecting' },
  { type: 'created', callId: 'call_1' },
  { type: 'answered', callId: 'call_1', agentState: 'listening', startedAt: 1 },
  { type: 'agentChanged', agentState: 'speaking' },
  { type: 'mutedChanged', muted: true },
  { type: 'connectionBroke' },
  { type: 'connectionCameBack' },
  { type: 'endingBegan' },
  { type: 'ended', end },
  { type: 'failed', end, error },
];

/** Where each action leads, by the state it meets; an absent state is left as it is. */
const table: Record<CallAction['type'], Partial<Record<CallState['status'], string>>> = {
  started: { idle: 'starting', ended: 'starting', failed: 'starting' },
  stageReached: { starting: 'starting' },
  created: { starting: 'starting' },
  answered: { starting: 'active' },
  agentChanged: { active: 'active', reconnecting: 'reconnecting' },
  mutedChanged: { starting: 'starting', active: 'active', reconnecting: 'reconnecting' },
  connectionBroke: { active: 'reconnecting' },
  connectionCameBack: { reconnecting: 'active' },
  endingBegan: { starting: 'ending', active: 'ending', reconnecting: 'ending' },
  ended: { starting: 'ended', active: 'ended', reconnecting: 'ended', ending: 'ended' },
  failed: { starting: 'failed', active: 'failed', reconnecting: 'failed', ending: 'failed' },
};

const pairs = actions.flatMap((action) =>
  Object.values(states).map((state) => ({ action, state, type: action.type, from: state.status })),
);

describe('reduceCall', () => {
  it.each(pairs)('$type in $from', ({ action, state }) => {
    const next = reduceCall(state, action);
    const expected = table[action.type][state.status];
    if (expected === undefined) {
      expect(next).toBe(state);
      return;
    }
    expect(next).not.toBe(state);
    expect(next.status).toBe(expected);
  });

  it('returns the same object when nothing changes', () => {
    const { active } = states;
    expect(reduceCall(active, { type: 'agentChanged', agentState: 'listening' })).toBe(active);
    expect(reduceCall(active, { type: 'mutedChanged', muted: false })).toBe(active);
  });

  it('keeps what was known when the connection breaks', () => {
    expect(reduceCall(states.active, { type: 'connectionBroke' })).toEqual({
      status: 'reconnecting',
      ...live,
    });
  });
});
