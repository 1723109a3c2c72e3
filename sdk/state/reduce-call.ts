/** The pure reducer of a call's state. An action that does not fit the state changes nothing. */
import type { CallError } from '../error/call-error.js';
import type { AgentState, CallEnd, CallState, StartStage } from './call-state.js';

/** What can happen to a call. */
export type CallAction =
  | { type: 'started'; muted: boolean }
  | { type: 'stageReached'; stage: StartStage }
  | { type: 'created'; callId: string }
  | { type: 'answered'; callId: string; agentState: AgentState; startedAt: number }
  | { type: 'agentChanged'; agentState: AgentState }
  | { type: 'mutedChanged'; muted: boolean }
  | { type: 'connectionBroke' }
  | { type: 'connectionCameBack' }
  | { type: 'endingBegan' }
  | { type: 'ended'; end: CallEnd }
  | { type: 'failed'; end: CallEnd; error: CallError };

/** Returns the same object when nothing changes. */
export function reduceCall(state: CallState, action: CallAction): CallState {
  switch (action.type) {
    case 'started':
      return isOver(state)
        ? { status: 'starting', stage: 'microphone', callId: null, muted: action.muted }
        : state;
    case 'stageReached':
      return state.status === 'starting' && state.stage !== action.stage
        ? { ...state, stage: action.stage }
        : state;
    case 'created':
      return state.status === 'starting' && state.callId !== action.callId
        ? { ...state, callId: action.callId }
        : state;
    case 'answered':
      return state.status === 'starting'
        ? {
            status: 'active',
            callId: action.callId,
            agentState: action.agentState,
            muted: state.muted,
            startedAt: action.startedAt,
          }
        : state;
    case 'agentChanged':
      return isLive(state) && state.agentState !== action.agentState
        ? { ...state, agentState: action.agentState }
        : state;
    case 'mutedChanged':
      return (isLive(state) || state.status === 'starting') && state.muted !== action.muted
        ? { ...state, muted: action.muted }
        : state;
    case 'connectionBroke':
      return state.status === 'active' ? { ...state, status: 'reconnecting' } : state;
    case 'connectionCameBack':
      return state.status === 'reconnecting' ? { ...state, status: 'active' } : state;
    case 'endingBegan':
      return isOver(state) || state.status === 'ending'
        ? state
        : { status: 'ending', callId: state.callId };
    case 'ended':
      return isOver(state) ? state : { status: 'ended', ...action.end };
    case 'failed':
      return isOver(state) ? state : { status: 'failed', error: action.error, ...action.end };
  }
}

/** Whether no call is in progress, so that a new one may start. */
export function isOver(
  state: CallState,
): state is Extract<CallState, { status: 'idle' | 'ended' | 'failed' }> {
  return state.status === 'idle' || state.status === 'ended' || state.status === 'failed';
}

/** Whether the agent has answered and the call is in progress. */
export function isLive(
  state: CallState,
): state is Extract<CallState, { status: 'active' | 'reconnecting' }> {
  return state.status === 'active' || state.status === 'reconnecting';
}
