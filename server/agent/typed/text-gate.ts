/** Takes texts of one kind from the caller: within limits, and also before there is a conversation. */
import type { TextRefusal } from '../../../sdk/wire/typed-text.js';
import { TextLimits } from './text-limits.js';

/** Who takes the texts, once there is a conversation. */
export interface TextTaker {
  /** May throw: then the text is not taken. */
  take(text: string): void;
  /** A text was not taken: the first time for each reason, and at the end again when there were more. */
  refused(reason: TextRefusal, times: number): void;
}

/** The texts of one kind in one call. */
export interface TextGate {
  /** `null` when the text was taken, else why not; waits for somebody who takes it. */
  give(text: string): Promise<TextRefusal | null>;
  refuse(reason: TextRefusal): void;
  /** What was given before is handed over at once. */
  open(taker: TextTaker): void;
  /** Nothing is taken any more. */
  close(): void;
}

interface Waiting {
  text: string;
  answer: (refusal: TextRefusal | null) => void;
}

/** Nobody takes them yet. */
export function createTextGate(): TextGate {
  const limits = new TextLimits();
  const refusals = new Map<TextRefusal, number>();
  let waiting: Waiting[] = [];
  let taker: TextTaker | null = null;
  let isOver = false;

  function refuse(reason: TextRefusal): TextRefusal {
    const times = (refusals.get(reason) ?? 0) + 1;
    refusals.set(reason, times);
    if (times === 1) taker?.refused(reason, times);
    return reason;
  }

  function hand(text: string): TextRefusal | null {
    try {
      taker?.take(text);
      return null;
    } catch {
      return 'call_over';
    }
  }

  return {
    async give(given) {
      const text = given.trim();
      if (isOver) return 'call_over';
      if (text === '') return null;
      const refusal = limits.take(text.length, performance.now());
      if (refusal) return refuse(refusal);
      if (taker) return hand(text);
      return new Promise((answer) => waiting.push({ text, answer }));
    },
    refuse: (reason) => void refuse(reason),
    open(given) {
      taker = given;
      for (const [reason, times] of refusals) given.refused(reason, times);
      for (const { text, answer } of waiting) answer(hand(text));
      waiting = [];
    },
    close() {
      isOver = true;
      for (const { answer } of waiting) answer('call_over');
      waiting = [];
      for (const [reason, times] of refusals) if (times > 1) taker?.refused(reason, times);
      taker = null;
    },
  };
}
