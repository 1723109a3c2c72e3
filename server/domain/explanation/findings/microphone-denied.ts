/** `microphone_denied`: the visitor's browser gave no microphone. */
import { findingRule } from '../finding-rule.js';

export const microphoneDenied = findingRule({
  severity: 'warning',
  meaning:
    'The call ended since the page got no microphone: the visitor, the browser or the system refused it.',
  find: ({ call }) =>
    call.end_reason === 'microphone_denied' ? { at_ms: null, values: {} } : null,
});
