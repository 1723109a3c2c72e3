/** `function_failed`: a function that the agent called did not do its work. */
import { findingRule } from '../finding-rule.js';

export const functionFailed = findingRule({
  severity: 'fault',
  meaning: 'A function failed: its server was away, too slow, or refused. Names the first one.',
  find({ call, quote }) {
    const failed = call.functions.filter(({ ok }) => !ok);
    const [first] = failed;
    if (!first) return null;
    const error = quote(first.error ?? '');
    return {
      at_ms: first.at_ms,
      values: {
        failed: failed.length,
        called: call.functions.length,
        name: quote(first.name),
        error,
      },
    };
  },
});
