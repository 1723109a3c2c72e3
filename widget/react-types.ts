/** Types of `<dialnexa-call>` in TSX, for React's types when they are installed; they need not be. */
import type { DialNexaCallElement } from './dialnexa-call.js';

/* What is ignored below is so in the published types, too: a project without React has nothing to find there. */
/* eslint-disable @typescript-eslint/ban-ts-comment -- an expected error would be one where React is */
/* eslint-disable @typescript-eslint/no-namespace -- React's own is one */
/* eslint-disable @typescript-eslint/consistent-type-imports -- an import could not be ignored */

/** React's own properties of the tag; `any` in a project without React. */
/** @ts-ignore */
// prettier-ignore
type ReactProps = import('react').DetailedHTMLProps<import('react').HTMLAttributes<DialNexaCallElement>, DialNexaCallElement>;

/** The properties of the element, by property and by attribute name. Objects may be given as JSON. */
export interface DialNexaCallProps {
  apiKey?: string;
  agentId?: string;
  agentVersionId?: string;
  agentVersionNumber?: number | string | null;
  serverUrl?: string;
  label?: string;
  variables?: DialNexaCallElement['variables'] | string;
  metadata?: DialNexaCallElement['metadata'] | string;
  consentText?: string;
  consentVersion?: string;
  fields?: DialNexaCallElement['fields'] | string;
  resume?: boolean;
  rating?: DialNexaCallElement['rating'];
  mode?: DialNexaCallElement['mode'];
  size?: DialNexaCallElement['size'];
  languages?: string;
  placement?: DialNexaCallElement['placement'];
  theme?: DialNexaCallElement['theme'];
  transcript?: DialNexaCallElement['transcript'];
  texts?: DialNexaCallElement['texts'] | null;
  callFactory?: DialNexaCallElement['callFactory'] | null;
  'api-key'?: string;
  'agent-id'?: string;
  'agent-version-id'?: string;
  'agent-version-number'?: number | string;
  'server-url'?: string;
  'consent-text'?: string;
  'consent-version'?: string;
}

/** Listeners: React 19 adds one for `dialnexa-ended` by the property `ondialnexa-ended`. */
type Listeners = {
  [
    Name in keyof GlobalEventHandlersEventMap as Name extends `dialnexa-${string}`
      ? `on${Name}`
      : never
  ]?: (event: GlobalEventHandlersEventMap[Name]) => void;
};

/** All properties of the tag. */
export type DialNexaCallTag = DialNexaCallProps & Listeners & ReactProps;

/** @ts-ignore */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'dialnexa-call': DialNexaCallTag;
    }
  }
}
