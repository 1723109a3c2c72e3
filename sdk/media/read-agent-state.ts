/** What the agent says about itself in its participant attributes. */
import type { AgentState } from '../state/call-state.js';

const STATE_ATTRIBUTE = 'lk.agent.state';

/** The part of a LiveKit participant that is read. */
export interface AgentLike {
  readonly isAgent: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The state of the first agent that has one; `null` when no agent is in the room. */
export function readAgentState(
  participants: Iterable<AgentLike>,
): Exclude<AgentState, 'gone'> | null {
  let present = false;
  for (const participant of participants) {
    if (!participant.isAgent) continue;
    present = true;
    const state = participant.attributes[STATE_ATTRIBUTE];
    if (isAgentState(state)) return state;
  }
  return present ? 'initializing' : null;
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
