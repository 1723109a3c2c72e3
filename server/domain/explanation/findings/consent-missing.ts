/** `consent_missing`: a visitor was recorded without having been asked. */
import { findingRule } from '../finding-rule.js';

export const consentMissing = findingRule({
  severity: 'info',
  meaning:
    'A recording is stored, and the call carries no `consent`. Trials (`entry_point` `test`) do not count.',
  find({ call }) {
    const isKept = call.recording.status === 'recording' || call.recording.status === 'available';
    if (!isKept || call.consent || call.entry_point === 'test') return null;
    return { at_ms: null, values: {} };
  },
});
