/** `connection_lost`: the caller's connection broke, for a while or for good. */
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';

export const connectionLost = findingRule({
  severity: 'warning',
  meaning:
    'The caller was away during the call and came back, or the call ended since the connection did not come back.',
  find({ call, lengthMs }) {
    const steps = call.timeline.filter(({ type }) => /^caller_(left|returned)$/.test(type));
    // Who went to the next page lost no connection.
    const isNextPage = (step: (typeof steps)[number] | undefined): boolean =>
      step?.detail['cause'] === 'page_closed';
    const returns = steps.filter(({ type }, index) => {
      return type === 'caller_returned' && !isNextPage(steps[index - 1]);
    });
    const isForGood = call.end_reason === 'network_failure';
    if (returns.length === 0 && !isForGood) return null;
    const left = steps.find((step) => step.type === 'caller_left' && !isNextPage(step));
    const at_ms = left ? afterStart(call, left.at) : lengthMs;
    return { at_ms, values: { returns: returns.length, isForGood } };
  },
});
