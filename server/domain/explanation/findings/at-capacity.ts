/** `at_capacity`: the caller was turned away. */
import { findingRule } from '../finding-rule.js';

export const atCapacity = findingRule({
  severity: 'fault',
  meaning:
    'The caller joined, and was turned away: the workspace had as many open calls as it may.',
  find: ({ call }) =>
    call.end_reason === 'system_at_capacity' ? { at_ms: null, values: {} } : null,
});
