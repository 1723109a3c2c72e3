/** Every word that the element shows or announces, as one typed table. */
import type {
  AgentState,
  CallErrorCode,
  EndReason,
  StartStage,
  TextRefusal,
} from '../../sdk/index.js';

/** What happened, and what to do about it. */
export interface ErrorText {
  message: string;
  remedy: string;
}

/** All texts of one language. */
export interface Texts {
  /** BCP 47: the language that all of these are in. */
  language: string;
  /** On the call button, unless `label` says something else. */
  call: string;
  callAgain: string;
  cancel: string;
  hangUp: string;
  mute: string;
  muted: string;
  close: string;
  tryAgain: string;
  you: string;
  agent: string;
  /** Name of the log of what was said. */
  conversation: string;
  /** Shown until somebody has said something. */
  conversationEmpty: string;
  textLabel: string;
  textPlaceholder: string;
  send: string;
  connected: string;
  reconnecting: string;
  /** Beside it: why. */
  interrupted: string;
  ending: string;
  soundBlocked: string;
  enableSound: string;
  ended: string;
  failed: string;
  /** Before the length of a call. */
  duration: string;
  consentTitle: string;
  agree: string;
  decline: string;
  /** Above the hint for the developer of the page. */
  hintTitle: string;
  /** Name of the region that holds the call. */
  region: string;
  stages: Record<StartStage, string>;
  agentStates: Record<AgentState, string>;
  endReasons: Record<EndReason, string>;
  /** Where a code is missing, the SDK's own English sentences are shown. */
  errors: Partial<Record<CallErrorCode, ErrorText>>;
  /** Why a typed message was not taken. */
  textFaults: Record<TextRefusal, ErrorText>;
}

/** Texts of a page's own; what is missing comes from the language. */
export type TextOverrides = {
  [Name in keyof Texts]?: Texts[Name] extends string ? string : Partial<Texts[Name]>;
};
