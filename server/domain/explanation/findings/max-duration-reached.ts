/** `max_duration_reached`: the longest duration cut the call off. */
import { findingRule } from '../finding-rule.js';

export const maxDurationReached = findingRule({
  severity: 'warning',
  meaning:
    "The call ended in the middle of the conversation, at the version's `max_call_duration_sec`.",
  find: ({ call, lengthMs }) =>
    call.end_reason === 'max_duration_reached'
      ? { at_ms: lengthMs, values: { ms: lengthMs ?? 0 } }
      : null,
});
