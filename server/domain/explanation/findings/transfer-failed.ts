/** `transfer_failed`: the call was to go on with another agent, and did not. */
import { findingRule } from '../finding-rule.js';

export const transferFailed = findingRule({
  severity: 'fault',
  meaning: 'A transfer to another agent did not come about. Names the first one.',
  find({ call, quote }) {
    const first = call.transfers.find(({ status }) => status === 'failed');
    if (!first) return null;
    const to = quote(first.to.agent_name ?? first.to.agent_id);
    return { at_ms: first.at_ms, values: { to, error: quote(first.error ?? '') } };
  },
});
