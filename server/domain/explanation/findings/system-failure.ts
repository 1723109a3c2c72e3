/** `system_failure`: something of ours broke and ended the call. */
import { findingRule } from '../finding-rule.js';

export const systemFailure = findingRule({
  severity: 'fault',
  meaning:
    'The call ended since the agent, the media server or the server broke. Says what was told of it.',
  find({ call, lengthMs, quote }) {
    if (call.end_reason !== 'system_failure') return null;
    const error = call.timeline.findLast(({ type }) => type === 'call_ended')?.detail['error'];
    return { at_ms: lengthMs, values: { error: typeof error === 'string' ? quote(error) : '' } };
  },
});
