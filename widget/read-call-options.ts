/** Reads the options of a call from the properties of the element. */
import { CallError, type WebCallOptions } from '../sdk/index.js';
import { checkFields } from './call-field.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { languageOf } from './language.js';

/** The options that are set. Throws `CallError` with a message in terms of the element's attributes. */
export function readCallOptions(element: DialNexaCallElement): WebCallOptions {
  const { apiKey, agentId, agentVersionId, agentVersionNumber, serverUrl } = element;
  const language = languageOf(element);
  if (!apiKey) throw CallError.invalidOptions('Set api-key to a publishable key: dnx_pk_….');
  if (!agentId && !agentVersionId) {
    throw CallError.invalidOptions('Set agent-id (agent_…) or agent-version-id (av_…).');
  }
  if (element.mode === 'headless' && element.consentText) {
    throw CallError.invalidOptions(
      'An element with mode="headless" cannot ask for consent: take consent-text away, ask in the page, and start the call with the SDK.',
    );
  }
  const options: Record<string, unknown> = { apiKey };
  if (agentId) options['agentId'] = agentId;
  if (agentVersionId) options['agentVersionId'] = agentVersionId;
  if (agentVersionNumber !== null) options['agentVersionNumber'] = agentVersionNumber;
  if (serverUrl) options['serverUrl'] = serverUrl;
  if (language) options['locale'] = language;
  if (element.resume) options['resume'] = true;
  for (const name of ['variables', 'metadata'] as const) {
    const value: unknown = element[name];
    if (value === null) continue;
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw CallError.invalidOptions(
        `${name} must be an object, or JSON of one: '{"name":"Ann"}'.`,
      );
    }
    options[name] = value;
  }
  checkFields(element.fields);
  // The properties may hold what the types forbid; the SDK refuses it with a message.
  return options as unknown as WebCallOptions;
}

/** The options; `null` when they cannot make a call. */
export function callOptionsOrNull(element: DialNexaCallElement): WebCallOptions | null {
  try {
    return readCallOptions(element);
  } catch {
    return null;
  }
}
