/** One of a field's options that the caller has said, or that the intent of a turn is called. */
import type { PostCallField } from '../../../sdk/wire/agent.js';
import { holdsPhrase, wordsOf } from '../values/words-of.js';
import type { Exchange } from './exchanges-of.js';
import type { Heard, Said } from './fields-of.js';
import { slotOf } from './slot-of.js';

/** The only option of the surest mention that has one; else the only one of the whole call; else that of an intent. */
export function enumOf(field: PostCallField, heard: Heard): Said {
  const { options = [] } = field;
  const slot = slotOf(field, heard);
  const ofSlot = slot && options.find((option) => isSame(option, String(slot.value)));
  if (slot && typeof ofSlot === 'string') return { ...slot, value: ofSlot };
  const saidIn = ({ turn }: Exchange) =>
    options.filter((option) => holdsPhrase(turn.content, option));
  for (const mention of heard.mentions) {
    const [only, ...others] = saidIn(mention);
    if (only !== undefined && others.length === 0) return { value: only, turn_id: mention.turn.id };
  }
  const all = heard.exchanges.flatMap((one) => saidIn(one).map((value) => ({ value, one })));
  const last = all.at(-1);
  if (last && all.every(({ value }) => value === last.value)) {
    return { value: last.value, turn_id: last.one.turn.id };
  }
  if (last) return null;
  for (const { turn } of heard.exchanges) {
    const option = options.find((one) => turn.intent !== null && isSame(one, turn.intent));
    if (option !== undefined) return { value: option, turn_id: turn.id };
  }
  return null;
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string): string => wordsOf(text.replaceAll('_', ' ')).join(' ');
  return plain(one) === plain(other);
}
