/** What the views draw, and what they may ask for. */
import type { CallError, CallState, TranscriptSegment } from '../../sdk/index.js';
import type { Placement } from '../placement.js';
import type { Texts } from '../texts/texts.js';

/** Which picture is shown; the state decides, besides a closed panel and an open question of consent. */
export type ViewName = 'idle' | 'hint' | 'consent' | 'call' | 'ended' | 'failed';

/** The facts. */
export interface ViewModel {
  view: ViewName;
  state: CallState;
  durationMs: number;
  texts: Texts;
  label: string;
  placement: Placement;
  consentText: string;
  showTranscript: boolean;
  transcript: readonly TranscriptSegment[];
  /** What was typed and not sent yet. */
  draft: string;
  muted: boolean;
  audioBlocked: boolean;
  problem: CallError | null;
  notice: CallError | null;
}

/** The requests. */
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
