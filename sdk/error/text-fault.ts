/** Why a text was not taken, with the words for it. */
import type { TextRefusal } from '../wire/typed-text.js';
import { CallError } from './call-error.js';

/** What the visitor is told. */
export interface TextFaultFacts {
  message: string;
  remedy: string;
}

/** Of one text, in UTF-16 units. The agent holds the same limit. */
export const LONGEST_TEXT = 2000;

/** One row for each reason of `text_not_sent`; without a reason it was the connection. */
export const TEXT_FAULTS: Readonly<Record<TextRefusal, TextFaultFacts>> = {
  too_long: {
    message: `The message is longer than ${LONGEST_TEXT} characters.`,
    remedy: 'Shorten it, or send it in parts.',
  },
  too_fast: {
    message: 'Too many messages came in a short time.',
    remedy: 'Wait a few seconds, then send it again.',
  },
  too_many: {
    message: 'This call takes no more messages.',
    remedy: 'Say it, or start a new call.',
  },
  call_over: {
    message: 'The call ended before the agent had read the message.',
    remedy: 'Start a new call and send it again.',
  },
};

/** `text_not_sent` with its reason. `reason`: what the agent answered, if it did. */
export function textNotSent(reason: string | null, cause?: unknown): CallError {
  if (reason === null || !isRefusal(reason)) return new CallError('text_not_sent', { cause });
  return new CallError('text_not_sent', { ...TEXT_FAULTS[reason], reason, cause });
}

function isRefusal(reason: string): reason is TextRefusal {
  return Object.hasOwn(TEXT_FAULTS, reason);
}
