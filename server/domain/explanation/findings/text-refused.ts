/** `text_refused`: something that the caller typed was not taken. */
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';

export const textRefused = findingRule({
  severity: 'info',
  meaning:
    'The agent did not take something that the caller typed: too long, too fast, or too much.',
  find({ call, quote }) {
    const refused = call.timeline.find(
      ({ type, source }) => type === 'text_refused' && source === 'agent',
    );
    if (!refused) return null;
    const reason = quote(String(refused.detail['reason'] ?? ''));
    return { at_ms: afterStart(call, refused.at), values: { reason } };
  },
});
