/** `agent_never_joined`: the caller waited, and nobody answered. */
import { findingRule } from '../finding-rule.js';
import { AGENT_LATE_MS } from './agent-late.js';

export const agentNeverJoined = findingRule({
  severity: 'fault',
  meaning: `The call ended, and no agent had joined it although the caller waited ${AGENT_LATE_MS / 1_000} s or more.`,
  find({ call, lengthMs }) {
    const isJoined = call.participants.some(({ role }) => role === 'agent');
    if (isJoined || lengthMs === null) return null;
    if (call.end_reason !== 'agent_did_not_join' && lengthMs < AGENT_LATE_MS) return null;
    return { at_ms: lengthMs, values: { ms: lengthMs } };
  },
});
