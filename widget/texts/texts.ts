/** The type of all texts that the element shows or announces. */
import type {
  AgentState,
  CallErrorCode,
  EndReason,
  StartStage,
  TextRefusal,
} from '../../sdk/index.js';

/** Message and remedy of an error. */
export interface ErrorText {
  message: string;
  remedy: string;
}

/** The texts that are there before the code of a call. */
export interface ShellTexts {
  /** Text of the call button, unless `label` is set. */
  call: string;
  /** Read out after a press, until that code is there. */
  loading: string;
  /** Under the button, when that code could not be loaded. */
  notLoaded: string;
}

/** The texts of one language. */
export interface Texts extends ShellTexts {
  /** The language of these texts, BCP 47. */
  language: string;
  callAgain: string;
  cancel: string;
  hangUp: string;
  mute: string;
  muted: string;
  close: string;
  tryAgain: string;
  you: string;
  agent: string;
  /** Name of the transcript for screen readers. */
  conversation: string;
  /** Shown in an empty transcript. */
  conversationEmpty: string;
  textLabel: string;
  textPlaceholder: string;
  send: string;
  connected: string;
  reconnecting: string;
  /** Shown beside `reconnecting`: why. */
  interrupted: string;
  ending: string;
  soundBlocked: string;
  enableSound: string;
  ended: string;
  failed: string;
  /** Label before the duration of a call. */
  duration: string;
  consentTitle: string;
  agree: string;
  decline: string;
  /** Title of the hint for the developer of the page. */
  hintTitle: string;
  /** Name of the region of the call, for screen readers. */
  region: string;
  stages: Record<StartStage, string>;
  agentStates: Record<AgentState, string>;
  endReasons: Record<EndReason, string>;
  /** By error code; for a missing one the SDK's English sentences are shown. */
  errors: Partial<Record<CallErrorCode, ErrorText>>;
  /** By reason why the agent refuses a text. */
  textFaults: Record<TextRefusal, ErrorText>;
}

/** Texts of the page; missing ones are those of the language. */
export type TextOverrides = {
  [Name in keyof Texts]?: Texts[Name] extends string ? string : Partial<Texts[Name]>;
};
