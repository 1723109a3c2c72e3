/** Types of `<dialnexa-call>` in TSX, for React's types when they are installed; they need not be. */
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { DialNexaCallListeners, DialNexaCallProps } from './tag-types.js';

/* What is ignored below is so in the published types, too: a project without React has nothing to find there. */
/* eslint-disable @typescript-eslint/ban-ts-comment -- an expected error would be one where React is */
/* eslint-disable @typescript-eslint/no-namespace -- React's own is one */
/* eslint-disable @typescript-eslint/consistent-type-imports -- an import could not be ignored */

/** React's own properties of the tag; `any` in a project without React. */
/** @ts-ignore */
// prettier-ignore
type ReactProps = import('react').DetailedHTMLProps<import('react').HTMLAttributes<DialNexaCallElement>, DialNexaCallElement>;

/** All properties of the tag. */
export type DialNexaCallTag = DialNexaCallProps & DialNexaCallListeners & ReactProps;

/** @ts-ignore */
declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'dialnexa-call': DialNexaCallTag;
    }
  }
}
