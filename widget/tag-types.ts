/** What templates may give `<dialnexa-call>`: the same in TSX, Vue and Svelte. */
import type { DialNexaCallElement } from './dialnexa-call.js';

/** The properties of the element, by property and by attribute name. Objects may be given as JSON. */
export interface DialNexaCallProps {
  apiKey?: string | undefined;
  agentId?: string | undefined;
  agentVersionId?: string | undefined;
  agentVersionNumber?: number | string | null | undefined;
  serverUrl?: string | undefined;
  label?: string | undefined;
  variables?: DialNexaCallElement['variables'] | string | undefined;
  metadata?: DialNexaCallElement['metadata'] | string | undefined;
  consentText?: string | undefined;
  consentVersion?: string | undefined;
  fields?: DialNexaCallElement['fields'] | string | undefined;
  resume?: boolean | undefined;
  rating?: DialNexaCallElement['rating'] | undefined;
  mode?: DialNexaCallElement['mode'] | undefined;
  size?: DialNexaCallElement['size'] | undefined;
  languages?: string | undefined;
  placement?: DialNexaCallElement['placement'] | undefined;
  theme?: DialNexaCallElement['theme'] | undefined;
  transcript?: DialNexaCallElement['transcript'] | undefined;
  texts?: DialNexaCallElement['texts'] | null | undefined;
  callFactory?: DialNexaCallElement['callFactory'] | null | undefined;
  'api-key'?: string | undefined;
  'agent-id'?: string | undefined;
  'agent-version-id'?: string | undefined;
  'agent-version-number'?: number | string | undefined;
  'server-url'?: string | undefined;
  'consent-text'?: string | undefined;
  'consent-version'?: string | undefined;
}

/** The events of the element, by their names. */
export type DialNexaCallEvents = {
  [
    Name in keyof GlobalEventHandlersEventMap as Name extends `dialnexa-${string}` ? Name : never
  ]: GlobalEventHandlersEventMap[Name];
};

/** Listeners as properties: React 19 and Svelte 5 add one for `dialnexa-ended` by `ondialnexa-ended`. */
export type DialNexaCallListeners = {
  [Name in keyof DialNexaCallEvents as `on${Name}`]?:
    ((event: DialNexaCallEvents[Name]) => void) | undefined;
};
