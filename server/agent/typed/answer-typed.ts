/** Answers what is typed one after the other, so that a text cannot push out the answer to what was asked before it. */
import { voice } from '@livekit/agents';
import { typeInto } from './type-into.js';

/** A text that comes sooner after an answer's first sound was written before anybody could hear it: it is no interruption. */
const WRITTEN_BEFORE_MS = 2_000;

type Session = Pick<voice.AgentSession, 'on' | 'interrupt' | 'generateReply'>;

/** The texts of one call. */
export interface TypedTurns {
  /** Throws when the session is over. */
  take(text: string): void;
  /** Nothing is answered any more; tells the texts whose turn had not come. */
  stop(): string[];
}

/** What the agent was asked latest, and is answering. */
interface Answer {
  handle: voice.SpeechHandle;
  /** Whether somebody has asked for it: what the agent says of its own accord may be cut off by any text. */
  isAsked: boolean;
  /** When it was first heard, by this clock. */
  heardAt: number | null;
}

/** Follows the session from its start. */
export function answerTyped(session: Session): TypedTurns {
  let answer: Answer | null = null;
  let waiting: string[] = [];
  let isOver = false;

  session.on(voice.AgentSessionEventTypes.SpeechCreated, ({ speechHandle, source }) => {
    if (source !== 'generate_reply') return;
    const begun = { handle: speechHandle, isAsked: false, heardAt: null };
    answer = begun;
    speechHandle.addDoneCallback(() => {
      if (answer === begun) answer = null;
      next();
    });
  });
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (answer && item.type === 'message' && item.role === 'user') answer.isAsked = true;
  });
  session.on(voice.AgentSessionEventTypes.AgentStateChanged, ({ newState }) => {
    if (answer && newState === 'speaking') answer.heardAt ??= Date.now();
  });

  function ask(text: string): void {
    typeInto(session, text);
    // The session itself says so a moment later, and the next text may be there already.
    if (answer) answer.isAsked = true;
  }

  function next(): void {
    const [text] = waiting;
    if (text === undefined || answer || isOver) return;
    waiting = waiting.slice(1);
    try {
      ask(text);
    } catch {
      // The session is over, and the end of the call tells what is left.
      waiting = [text, ...waiting];
    }
  }

  /** Whether the caller can have heard what it is answered, or has asked nothing. */
  function mayInterrupt({ isAsked, heardAt }: Answer): boolean {
    return !isAsked || (heardAt !== null && Date.now() - heardAt >= WRITTEN_BEFORE_MS);
  }

  return {
    take(text) {
      const isHeld = answer !== null && !mayInterrupt(answer);
      if (!isHeld && waiting.length === 0) return ask(text);
      waiting.push(text);
      if (answer && !isHeld && answer.handle.allowInterruptions) answer.handle.interrupt();
    },
    stop() {
      isOver = true;
      return waiting.splice(0);
    },
  };
}
