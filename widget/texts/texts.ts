/** The type of all texts that the element shows or announces. */
import type {
  AgentState,
  CallErrorCode,
  CallFault,
  EndReason,
  StartStage,
  TextRefusal,
} from '../../sdk/index.js';

/** Message and remedy of an error. */
export interface ErrorText {
  message: string;
  remedy: string;
}

/** What is wrong with the value of a field. */
export type FieldFault = 'required' | 'email' | 'tel' | 'number';

/** A rating after a call. */
export type Mark = 1 | 2 | 3 | 4 | 5;

/** Browsers whose settings are found in different ways. `ios`: every browser of an iPhone or iPad. */
export type BrowserName = 'chrome' | 'edge' | 'firefox' | 'safari' | 'ios' | 'other';

/** The texts that are there before the code of a call. */
export interface ShellTexts {
  /** Where the language is written to. Default: `ltr`. */
  direction?: 'ltr' | 'rtl';
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
  /** On the same button while the microphone is muted. */
  unmute: string;
  muted: string;
  close: string;
  tryAgain: string;
  /** The next step of a call that came too soon. `{time}`: when, as `Intl.RelativeTimeFormat` says it ("in 5 minutes"). */
  tryAgainIn: string;
  /** Calls without a microphone, where none was found. */
  typeInstead: string;
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
  /** Title of what is asked before a call: the form, the consent, or both. */
  consentTitle: string;
  agree: string;
  decline: string;
  /** Starts the call from a form without a question of consent. */
  startCall: string;
  /** Behind the label of a field that may stay empty. */
  optional: string;
  /** The first entry of a list to choose from. */
  choose: string;
  /** What is wrong with the value of a field. */
  fieldFaults: Record<FieldFault, string>;
  /** The question of the rating after a call. */
  rate: string;
  /** The name of each mark, from 1 (bad) to 5 (good). */
  marks: Record<Mark, string>;
  /** Label of the comment beside a rating. */
  comment: string;
  /** After the rating was sent. */
  thanks: string;
  /** The button that opens the menu of microphone, speaker and volume, and the name of that menu. */
  devices: string;
  microphone: string;
  speaker: string;
  volume: string;
  /** Nothing is heard of the visitor, who is not muted. */
  silentMicrophone: string;
  /** Beside `silentMicrophone`: opens the menu of the devices. */
  chooseMicrophone: string;
  /** How a blocked microphone is allowed, by browser. */
  allowMicrophone: Record<BrowserName, string>;
  /** How a microphone is allowed that the system refuses to the browser. */
  allowInSystem: string;
  /** Below `allowMicrophone`: nothing more has to be pressed. */
  startsByItself: string;
  /** The page is inside another one, which may forbid the microphone. */
  framed: string;
  /** The link that opens the page on its own. */
  openAlone: string;
  /** The next step where only the owner of the page can mend it, who finds how in the console of the browser. */
  tellOwner: string;
  /** Copies the facts of a failed call, for whoever looks for the fault. */
  copyDetails: string;
  /** They were copied. */
  copied: string;
  /** Title of the hint for the developer of the page. */
  hintTitle: string;
  /** Name of the region of the call, for screen readers. */
  region: string;
  /** Name of the list of languages. */
  languageMenu: string;
  /** The button that makes a small card large again. */
  expand: string;
  /** The button that makes it small, without ending the call. */
  minimise: string;
  stages: Record<StartStage, string>;
  agentStates: Record<AgentState, string>;
  endReasons: Record<EndReason, string>;
  /** By error code. */
  errors: Partial<Record<CallErrorCode, ErrorText>>;
  /** For the other codes, by who has to act; where that is missing as well, the SDK's English sentences are shown. */
  otherErrors: Partial<Record<CallFault, ErrorText>>;
  /** By reason why the agent refuses a text. */
  textFaults: Record<TextRefusal, ErrorText>;
}

/** Texts of the page; missing ones are those of the language. */
export type TextOverrides = {
  [Name in keyof Texts]?: Texts[Name] extends string ? string : Partial<Texts[Name]>;
};
