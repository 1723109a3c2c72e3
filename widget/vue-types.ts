/** Types of `<dialnexa-call>` in templates of Vue, for Vue's types when they are installed; they need not be. */
import type { DialNexaCallElement } from './dialnexa-call.js';
import type { DialNexaCallEvents, DialNexaCallProps } from './tag-types.js';

/* What is ignored below is so in the published types, too: a project without Vue has nothing to find there. */
/* eslint-disable @typescript-eslint/ban-ts-comment -- an expected error would be one where Vue is */
/* eslint-disable @typescript-eslint/consistent-type-imports -- an import could not be ignored */

/** Vue's own properties of every tag; `any` in a project without Vue. */
/** @ts-ignore */
type VueProps = import('vue').HTMLAttributes & import('vue').ReservedProps;

/** What `@dialnexa-ended` listens to. */
/** @ts-ignore */
// prettier-ignore
type VueEmit = import('vue').EmitFn<{ [Name in keyof DialNexaCallEvents]: (event: DialNexaCallEvents[Name]) => void }>;

/** The tag as a component, as Vue describes custom elements; a template's `ref` of it is the element. */
type DialNexaCallInVue = new () => DialNexaCallElement & {
  $props: DialNexaCallProps & VueProps;
  $emit: VueEmit;
};

/** @ts-ignore */
declare module 'vue' {
  interface GlobalComponents {
    'dialnexa-call': DialNexaCallInVue;
  }
}
