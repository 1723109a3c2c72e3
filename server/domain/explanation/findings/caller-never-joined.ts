/** `caller_never_joined`: a grant was handed out and nobody came. */
import { findingRule } from '../finding-rule.js';

export const callerNeverJoined = findingRule({
  severity: 'info',
  meaning:
    "The call was created, and its caller never joined. Names the last step that the caller's device told of.",
  find({ call, quote }) {
    if (call.end_reason !== 'caller_never_joined') return null;
    return { at_ms: null, values: { step: quote(call.client?.timeline.at(-1)?.type ?? '') } };
  },
});
