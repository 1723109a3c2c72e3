/** Who speaks first: the agent greets, unless the caller has said something by then. */
import { voice } from '@livekit/agents';

/** How long to wait for a transcription after a sound like speech has stopped. */
const WORDS_MS = 3_000;
/** The longest wait in a room that is never quiet; then the agent greets all the same. */
const LONGEST_WAIT_MS = 8_000;

/** Follows a session from its start until the agent may speak. */
export interface FirstWords {
  /** The caller has said something that is not in the session yet. */
  spoken(): void;
  /** A sound was heard that may turn out to be speech. */
  perhaps(): void;
  /** Resolves, once nobody is speaking, with whether the caller has said anything. */
  settled(): Promise<boolean>;
}

/** Listens until `settled()` has resolved. */
export function watchFirstWords(session: voice.AgentSession): FirstWords {
  let spoke = false;
  /** Until then it is not known whether a sound was a word; `Infinity` while it lasts. */
  let openUntil = 0;
  /** Until then there are words that the recogniser may take back. */
  let draftUntil = 0;
  let tell: (() => void) | null = null;
  let timer: NodeJS.Timeout | undefined;
  let limit: NodeJS.Timeout | undefined;

  function look(): void {
    clearTimeout(timer);
    if (!tell) return;
    const left = openUntil - Date.now();
    if (spoke || left <= 0) tell();
    else if (left < Infinity) timer = setTimeout(look, left);
  }

  function sound(until: number): void {
    openUntil = until;
    look();
  }

  function spoken(): void {
    spoke = true;
    look();
  }

  function perhaps(): void {
    sound(Math.max(openUntil, Date.now() + WORDS_MS));
  }

  const state = ({ newState }: voice.UserStateChangedEvent): void =>
    sound(newState === 'speaking' ? Infinity : Date.now() + WORDS_MS);
  const words = ({ transcript, isFinal }: voice.UserInputTranscribedEvent): void => {
    if (!transcript.trim()) return;
    if (isFinal) return spoken();
    // Nobody answers to words of which no final ones come.
    draftUntil = Date.now() + WORDS_MS;
    perhaps();
  };
  session.on(voice.AgentSessionEventTypes.UserStateChanged, state);
  session.on(voice.AgentSessionEventTypes.UserInputTranscribed, words);
  if (session.userState === 'speaking') openUntil = Infinity;

  return {
    spoken,
    perhaps,
    async settled() {
      await new Promise<void>((resolve) => {
        tell = resolve;
        limit = setTimeout(resolve, LONGEST_WAIT_MS);
        look();
      });
      tell = null;
      clearTimeout(timer);
      clearTimeout(limit);
      session.off(voice.AgentSessionEventTypes.UserStateChanged, state);
      session.off(voice.AgentSessionEventTypes.UserInputTranscribed, words);
      return spoke || Date.now() < draftUntil;
    },
  };
}
