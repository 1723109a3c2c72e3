/** A first look at how the element is set up, which the code of a call then takes closer. */
import { defaultServerUrl } from '../sdk/rest/default-server-url.js';
import type { DialNexaCallElement } from './dialnexa-call.js';
import { isObjectToCome } from './given-values.js';

/** Whether something may be missing or wrong. A fault that this overlooks is told when a call is wanted. */
export function looksWrong(element: DialNexaCallElement): boolean {
  const {
    apiKey,
    agentId,
    agentVersionId,
    agentVersionNumber: number,
    variables,
    metadata,
    fields,
  } = element;
  const names = agentId === '' ? [agentVersionId, 'av_'] : [agentId, 'agent_'];
  return (
    !isId(apiKey, 'dnx_pk_') ||
    !isId(names[0], names[1]) ||
    (agentId !== '' && agentVersionId !== '') ||
    (number !== null && !(agentId !== '' && number > 0)) ||
    !/^https?:\/\/[!-~]+$/.test(element.serverUrl.trim() || (defaultServerUrl() ?? '')) ||
    [variables, metadata, fields].some(
      (given) => typeof given !== 'object' && !isObjectToCome(given),
    )
  );
}

function isId(text = '', prefix = ''): boolean {
  return text.trim().startsWith(prefix) && /^[!-~]+$/.test(text.trim());
}
