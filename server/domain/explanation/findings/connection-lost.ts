/** `connection_lost`: the caller's connection broke, for a while or for good. */
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';

export const connectionLost = findingRule({
  severity: 'warning',
  meaning:
    'The caller was away during the call and came back, or the call ended since the connection did not come back.',
  find({ call, lengthMs }) {
    const returns = call.timeline.filter(({ type }) => type === 'caller_returned');
    const isForGood = call.end_reason === 'network_failure';
    if (returns.length === 0 && !isForGood) return null;
    const left = call.timeline.find(({ type }) => type === 'caller_left');
    const at_ms = left ? afterStart(call, left.at) : lengthMs;
    return { at_ms, values: { returns: returns.length, isForGood } };
  },
});
