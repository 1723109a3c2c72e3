/** `provider_failed`: speech to text, the language model or the voice failed, and nobody took over. */
import { findingRule } from '../finding-rule.js';
import { failuresOf } from './provider-failures.js';

export const providerFailed = findingRule({
  severity: 'fault',
  meaning: 'A provider failed during the call, and nobody answered in its place afterwards.',
  find(observed) {
    const failures = failuresOf(observed).filter(({ successor }) => successor === null);
    const [first] = failures;
    if (!first) return null;
    const { at_ms, part, provider, error } = first;
    return { at_ms, values: { times: failures.length, part, provider, error } };
  },
});
