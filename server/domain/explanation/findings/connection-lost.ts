/** `connection_lost`: the caller's connection broke, for a while or for good. */
import { absencesOf } from '../absences-of.js';
import { findingRule } from '../finding-rule.js';
import { afterStart } from '../observed.js';

export const connectionLost = findingRule({
  severity: 'warning',
  meaning:
    'The caller was away during the call and came back, or the call ended since the connection did not come back.',
  find({ call, lengthMs }) {
    const { returns, lostAt } = absencesOf(call);
    const isForGood = call.end_reason === 'network_failure';
    if (returns === 0 && !isForGood) return null;
    const at_ms = lostAt === null ? lengthMs : afterStart(call, lostAt);
    return { at_ms, values: { returns, isForGood } };
  },
});
