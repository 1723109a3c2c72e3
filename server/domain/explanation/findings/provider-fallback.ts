/** `provider_fallback`: a provider failed, and another one, or itself later, went on. */
import { findingRule } from '../finding-rule.js';
import { failuresOf } from './provider-failures.js';

export const providerFallback = findingRule({
  severity: 'warning',
  meaning:
    'A provider failed during the call, and a fallback went on in its place, or itself at a later turn.',
  find(observed) {
    const failures = failuresOf(observed);
    const first = failures.find(({ successor }) => successor !== null);
    if (!first) return null;
    const { at_ms, part, provider, error, successor } = first;
    return { at_ms, values: { part, provider, error, successor: successor ?? '' } };
  },
});
