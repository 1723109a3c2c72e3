/** The agent's own word about itself. */
import { describe, expect, it } from 'vitest';
import { readAgentState } from '../../../sdk/media/read-agent-state.js';

const participant = (isAgent: boolean, state?: string) => ({
  isAgent,
  attributes: state ? { 'lk.agent.state': state } : ({} as Record<string, string>),
});

describe('readAgentState', () => {
  it.each([
    ['nobody', [], null],
    ['a listener', [participant(false, 'speaking')], null],
    ['an agent that says nothing', [participant(true)], 'initializing'],
    ['an agent that says something else', [participant(true, 'dancing')], 'initializing'],
    ['an agent', [participant(true, 'thinking')], 'thinking'],
    ['a helper beside the agent', [participant(true), participant(true, 'listening')], 'listening'],
  ] as const)('with %s', (_, participants, expected) => {
    expect(readAgentState(participants)).toBe(expected);
  });
});
