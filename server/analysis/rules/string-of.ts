/** A text that the caller has said: an e-mail address, a telephone number, a name, or the answer to the question about it. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import { cleanText } from '../clean-text.js';
import { emailsIn } from '../values/emails-in.js';
import { phonesIn } from '../values/phones-in.js';
import { wordsOf } from '../values/words-of.js';
import type { Exchange } from './exchanges-of.js';
import type { Heard, Said } from './fields-of.js';
import { slotOf } from './slot-of.js';

const LONGEST = 200;
const MAIL = ['mail', 'email', 'emails'];
const PHONE = ['phone', 'telephone', 'mobile', 'cell', 'callback'];
/** What an answer begins with before it says anything. */
const LEAD =
  /^(?:(?:well|um|uh|er|so|oh|yes|yeah|sure|ok|okay|please|it is|its|it’s|it's|that is|that’s|that's|this is|i am|i’m|i'm|my [\p{L} ]{1,30}? is|the [\p{L} ]{1,30}? is)[,.:]?\s+)+/iu;
const NO_ANSWER =
  /^(?:no|nope|none|i (?:do not|don’t|don't) (?:know|have|want)|not sure|pardon|sorry|what|why)\b/iu;
const NAMED =
  /\b(?:my (?:first |last |full )?name is|my name’s|my name's|this is|i am called)\s+(\p{Lu}[\p{L}’'-]*(?:\s+\p{Lu}[\p{L}’'-]*){0,3})/u;

/** By what the field's name says that it is. */
export function stringOf(field: PostCallField, heard: Heard): Said {
  const kind = wordsOf(`${field.field_name.replaceAll('_', ' ')} ${field.field_description}`);
  const own = wordsOf(field.field_name.replaceAll('_', ' '));
  const { language } = heard.request;
  if (kind.some((word) => MAIL.includes(word))) {
    return pick(heard, MAIL, (text, isAsked) => emailsIn(text, isAsked).at(-1));
  }
  if (kind.some((word) => PHONE.includes(word))) {
    return pick(heard, [...PHONE, 'number'], (text, isAsked) =>
      phonesIn(text, language, isAsked).at(-1),
    );
  }
  const slot = slotOf(field, heard);
  if (slot) return slot;
  if (own.includes('name')) {
    const named = pick(heard, [], (text) => NAMED.exec(text.slice(0, 2_000))?.[1]);
    if (named) return named;
  }
  for (const { turn, isAsked } of heard.mentions) {
    const value = isAsked ? answerOf(turn.content) : null;
    if (value !== null) return { value, turn_id: turn.id };
  }
  return null;
}

/** The last one that is found; `isAsked`: it is expected, because the agent or the caller has used one of the words. */
function pick(
  { exchanges }: Heard,
  words: readonly string[],
  find: (text: string, isAsked: boolean) => string | undefined,
): Said {
  for (const one of exchanges.toReversed()) {
    const value = find(one.turn.content, isExpected(one, words));
    if (value !== undefined) return { value: cleanText(value, LONGEST), turn_id: one.turn.id };
  }
  return null;
}

function isExpected({ turn, before }: Exchange, words: readonly string[]): boolean {
  const said = wordsOf(`${before?.content.slice(-500) ?? ''} ${turn.content}`);
  return said.some((word) => words.includes(word));
}

/** The whole answer without what leads to it; too long a one says more than was asked for. */
function answerOf(text: string): string | null {
  if (text.length > LONGEST * 2) return null;
  const answer = cleanText(text, LONGEST * 2)
    .replace(LEAD, '')
    .replace(/[.!,;\s]+$/u, '');
  if (answer === '' || answer.length > LONGEST || answer.endsWith('?') || NO_ANSWER.test(answer))
    return null;
  return answer;
}
