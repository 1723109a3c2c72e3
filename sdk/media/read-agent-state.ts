/** Reads the state of the agent from its participant attributes. */
import type { AgentState } from '../state/call-state.js';

const STATE_ATTRIBUTE = 'lk.agent.state';

/** The part of a LiveKit participant that is read. */
export interface AgentLike {
  readonly isAgent: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The first agent that publishes its state, or else the first agent; `null` when no agent is in the room. */
export function findAgent<P extends AgentLike>(participants: Iterable<P>): P | null {
  let found: P | null = null;
  for (const participant of participants) {
    if (!participant.isAgent) continue;
    if (isAgentState(participant.attributes[STATE_ATTRIBUTE])) return participant;
    found ??= participant;
  }
  return found;
}

/** The state of that agent; `null` when no agent is in the room. */
export function readAgentState(
  participants: Iterable<AgentLike>,
): Exclude<AgentState, 'gone'> | null {
  const agent = findAgent(participants);
  if (!agent) return null;
  const state = agent.attributes[STATE_ATTRIBUTE];
  return isAgentState(state) ? state : 'initializing';
}

function isAgentState(value: string | undefined): value is Exclude<AgentState, 'gone'> {
  return (
    value === 'initializing' ||
    value === 'idle' ||
    value === 'listening' ||
    value === 'thinking' ||
    value === 'speaking'
  );
}
