/** `@dialnexa/web-call/widget`: the element's class and types. Importing registers nothing: see `./widget/define`. */
import './quiet-lit.js';
export { DialNexaCallElement } from './dialnexa-call.js';
export type { CallField } from './call-field.js';
export type { CallFactory, CallPort } from './call-port.js';
export { DialNexaStartEvent } from './events/start-event.js';
export { DialNexaStateChangeEvent } from './events/state-change-event.js';
export { DialNexaTranscriptEvent } from './events/transcript-event.js';
export { DialNexaAgentStateEvent } from './events/agent-state-event.js';
export { DialNexaAudioLevelEvent } from './events/audio-level-event.js';
export { DialNexaMutedEvent } from './events/muted-event.js';
export { DialNexaAudioBlockedEvent } from './events/audio-blocked-event.js';
export { DialNexaDeviceChangeEvent } from './events/device-change-event.js';
export { DialNexaFunctionCallEvent } from './events/function-call-event.js';
export { DialNexaToolCallEvent } from './events/tool-call-event.js';
export { DialNexaToolsOfferedEvent } from './events/tools-offered-event.js';
export { DialNexaAgentChangeEvent } from './events/agent-change-event.js';
export { DialNexaTransferEvent } from './events/transfer-event.js';
export { DialNexaQualityEvent } from './events/quality-event.js';
export { DialNexaTimingEvent } from './events/timing-event.js';
export { DialNexaErrorEvent } from './events/error-event.js';
export { DialNexaEndedEvent } from './events/ended-event.js';
export type { Mode, Placement, Size, Theme } from './placement.js';
export type { DialNexaCallProps } from './tag-types.js';
export { english } from './texts/en.js';
export { registerTexts } from './texts/languages.js';
export type { ErrorText, TextOverrides, Texts } from './texts/texts.js';

// So that templates know the tag: of React, Svelte and Vue.
export type {} from './react-types.js';
export type {} from './svelte-types.js';
export type {} from './vue-types.js';
