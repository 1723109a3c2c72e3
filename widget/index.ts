/** `@dialnexa/web-call/widget`: the element's class and types. Importing registers nothing: see `./widget/define`. */
export { DialNexaCallElement } from './dialnexa-call.js';
export type { CallField } from './call-field.js';
export type { CallFactory, CallPort } from './call-port.js';
export { DialNexaAgentStateEvent } from './events/agent-state-event.js';
export { DialNexaAudioLevelEvent } from './events/audio-level-event.js';
export { DialNexaEndedEvent } from './events/ended-event.js';
export { DialNexaErrorEvent } from './events/error-event.js';
export { DialNexaStartEvent } from './events/start-event.js';
export { DialNexaStateChangeEvent } from './events/state-change-event.js';
export { DialNexaTranscriptEvent } from './events/transcript-event.js';
export type { Mode, Placement, Size, Theme } from './placement.js';
export type { DialNexaCallProps } from './react-types.js';
export { english } from './texts/en.js';
export { registerTexts } from './texts/languages.js';
export type { ErrorText, TextOverrides, Texts } from './texts/texts.js';
