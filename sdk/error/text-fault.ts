/** `text_not_sent`: the reasons why an agent refuses a text, with message and remedy for each. */
import type { TextRefusal } from '../wire/typed-text.js';
import { CallError } from './call-error.js';

/** What the visitor is told. */
export interface TextFaultFacts {
  message: string;
  remedy: string;
}

/** Length of one text in UTF-16 code units. The agent has the same limit. */
export const LONGEST_TEXT = 2000;

/** Message and remedy for each reason. Without a reason, the row of `text_not_sent` in the error table holds. */
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

/** The error `text_not_sent`. `reason`: the agent's reason, `null` when it gave none. */
export function textNotSent(reason: string | null, cause?: unknown): CallError {
  if (reason === null) return new CallError('text_not_sent', { cause });
  if (!isRefusal(reason)) {
    return new CallError('text_not_sent', {
      message: `The agent does not take it: ${reason}.`,
      cause,
    });
  }
  return new CallError('text_not_sent', { ...TEXT_FAULTS[reason], reason, cause });
}

function isRefusal(reason: string): reason is TextRefusal {
  return Object.hasOwn(TEXT_FAULTS, reason);
}
