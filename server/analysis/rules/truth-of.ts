/** Whether something is so: by a yes or a no to the question, or by the intent that is called like the field. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import { holdsPhrase, wordsOf } from '../values/words-of.js';
import type { Heard, Said } from './fields-of.js';

const YES = 'yes yeah yep sure okay ok correct right absolutely definitely certainly'.split(' ');
const NO = 'no nope nah never not'.split(' ');
/** How far into an answer its yes or no is sought. */
const FIRST_WORDS = 4;

/** The last answer to a question about it. */
export function truthOf(field: PostCallField, { request, exchanges, mentions }: Heard): Said {
  for (const { turn, isAsked } of mentions) {
    const value = isAsked ? answerOf(turn.content, request.dialogue) : null;
    if (value !== null) return { value, turn_id: turn.id };
  }
  const taken = exchanges.find(({ turn }) => turn.intent === field.field_name);
  return taken ? { value: true, turn_id: taken.turn.id } : null;
}

function answerOf(text: string, dialogue: Heard['request']['dialogue']): boolean | null {
  const first = wordsOf(text).slice(0, FIRST_WORDS);
  const isNo = first.some((word) => NO.includes(word)) || (dialogue?.no.some(says(text)) ?? false);
  const isYes =
    first.some((word) => YES.includes(word)) || (dialogue?.yes.some(says(text)) ?? false);
  return isNo === isYes ? null : isYes;
}

function says(text: string): (phrase: string) => boolean {
  return (phrase) => holdsPhrase(text, phrase);
}
