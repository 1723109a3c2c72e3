/** `old_version`: a newer version was published, and the call ran an older one. */
import { findingRule } from '../finding-rule.js';

export const oldVersion = findingRule({
  severity: 'info',
  meaning:
    'The request named a version, and a newer one of the agent had been published before the call. What was published later does not count.',
  find({ call, version }) {
    const newest = version.newest_then ?? 0;
    if (newest <= call.agent_version_number) return null;
    return { at_ms: null, values: { number: call.agent_version_number, newest } };
  },
});
