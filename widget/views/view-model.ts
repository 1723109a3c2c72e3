/** What the views draw, and the actions that they may request. */
import type { CallError, CallState, TranscriptSegment } from '../../sdk/index.js';
import type { Texts } from '../texts/texts.js';

/** The view to show. The state decides, unless the panel was closed or the question of consent is open. */
export type ViewName = 'idle' | 'hint' | 'consent' | 'call' | 'ended' | 'failed';

/** The data of the views. */
export interface ViewModel {
  view: ViewName;
  state: CallState;
  durationMs: number;
  texts: Texts;
  consentText: string;
  showTranscript: boolean;
  transcript: readonly TranscriptSegment[];
  /** Text that was typed and not sent yet. */
  draft: string;
  muted: boolean;
  audioBlocked: boolean;
  problem: CallError | null;
  notice: CallError | null;
}

/** The actions of the views. */
export interface ViewActions {
  start: () => void;
  agree: () => void;
  close: () => void;
  end: () => void;
  toggleMute: () => void;
  resumeAudio: () => void;
  draft: (text: string) => void;
  typing: () => void;
  sendText: (text: string) => Promise<boolean>;
}
