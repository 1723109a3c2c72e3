/** What the views draw, and the actions that they may request. */
import type { AudioDevices, CallError, CallState, TranscriptSegment } from '../../sdk/index.js';
import type { CallField } from '../call-field.js';
import type { Frame } from '../card-frame.js';
import type { SpokenLanguage } from '../language-menu.js';
import type { FieldFault, Mark, Texts } from '../texts/texts.js';

/** The view to show. The state decides, unless the panel was closed or something is asked before a call. */
export type ViewName = 'idle' | 'hint' | 'before' | 'call' | 'ended' | 'failed';

/** What visitors are asked before a call. */
export interface Questions {
  fields: readonly CallField[];
  /** What is wrong, by the name of the field. */
  faults: ReadonlyMap<string, FieldFault>;
  /** The text to agree to; empty: no consent is asked. */
  consentText: string;
  /** The language of these texts, which are none of the card's own; empty: not known. */
  languages: Readonly<Record<'consentText' | 'fields', string>>;
}

/** The menu of microphone, speaker and volume. */
export interface DeviceChoice {
  isOpen: boolean;
  /** `null`: not known yet. */
  devices: AudioDevices | null;
  /** Of the agent, 0 to 1. */
  volume: number;
}

/** The rating of the call that has ended. */
export interface Rating {
  kind: 'stars' | 'thumbs';
  /** What is chosen and not sent yet; `null`: nothing. */
  mark: Mark | null;
  isSent: boolean;
}

/** The copy of the facts of a call that has failed. */
export interface Details {
  isCopied: boolean;
  /** What the visitor has to copy where the page cannot; empty: nothing. */
  text: string;
}

/** The data of the views. */
export interface ViewModel {
  view: ViewName;
  state: CallState;
  durationMs: number;
  texts: Texts;
  /** What visitors may choose from; empty: nothing. */
  languages: readonly SpokenLanguage[];
  frame: Frame;
  /** Whether a call is to take one line. */
  isCompact: boolean;
  /** Whether that is so because its dialog was put away. */
  isMinimised: boolean;
  questions: Questions;
  devices: DeviceChoice;
  /** `null`: the call is not to be rated. */
  rating: Rating | null;
  details: Details;
  showTranscript: boolean;
  transcript: readonly TranscriptSegment[];
  /** Text that was typed and not sent yet. */
  draft: string;
  /** Whether a call would have a text box. */
  mayType: boolean;
  /** Milliseconds until another call is of any use; 0: now. */
  waitMs: number;
  muted: boolean;
  audioBlocked: boolean;
  /** Whether nothing has been heard of a visitor who should have spoken. */
  isSilent: boolean;
  /** Whether the page is inside another one. */
  isFramed: boolean;
  problem: CallError | null;
  notice: CallError | null;
}

/** The actions of the views. */
export interface ViewActions {
  start: () => void;
  /** Starts it without a microphone, for typing. */
  startTyping: () => void;
  /** Takes what was filled in and agreed to, and starts the call if nothing is missing. */
  answer: (form: HTMLFormElement) => void;
  /** The value of a field has changed. */
  mend: (name: string) => void;
  close: () => void;
  /** Leaves the dialog: a call goes on, anything else is closed. */
  dismiss: () => void;
  /** Opens it again. */
  expand: () => void;
  /** Speaks another language. */
  speak: (tag: string) => void;
  end: () => void;
  toggleMute: () => void;
  resumeAudio: () => void;
  draft: (text: string) => void;
  typing: () => void;
  sendText: (text: string) => Promise<boolean>;
  toggleDevices: () => void;
  setMicrophone: (deviceId: string) => void;
  setSpeaker: (deviceId: string) => void;
  setVolume: (volume: number) => void;
  choose: (mark: Mark) => void;
  rate: (comment: string) => void;
  copyDetails: () => void;
}
