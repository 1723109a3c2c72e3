/** Types of `<dialnexa-call>` in Svelte, for Svelte's types when they are installed; they need not be. */
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { DialNexaCallListeners, DialNexaCallProps } from './tag-types.js';

/* What is ignored below is so in the published types, too: a project without Svelte has nothing to find there. */
/* eslint-disable @typescript-eslint/ban-ts-comment -- an expected error would be one where Svelte is */
/* eslint-disable @typescript-eslint/consistent-type-imports -- an import could not be ignored */

/** Svelte's own properties of every tag; `any` in a project without Svelte. */
/** @ts-ignore */
type SvelteProps = import('svelte/elements').HTMLAttributes<DialNexaCallElement>;

/** @ts-ignore */
declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'dialnexa-call': DialNexaCallProps & DialNexaCallListeners & SvelteProps;
  }
}
