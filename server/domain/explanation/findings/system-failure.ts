/** `system_failure`: something of ours broke and ended the call. */
import { findingRule } from '../finding-rule.js';

export const systemFailure = findingRule({
  severity: 'fault',
  meaning:
    'The call ended since the agent, the media server or the server broke. Says what was told of it, or which of them was gone.',
  find: ({ call, lengthMs, endError, gone }) =>
    call.end_reason === 'system_failure'
      ? { at_ms: lengthMs, values: { error: endError, gone } }
      : null,
});
