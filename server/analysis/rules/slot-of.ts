/** A field that is called like a slot of the version's dialogue has the slot's value. */
import { fillSlot } from '../../dialogue/fill-slot.js';
import type { PostCallField } from '../../../sdk/wire/agent.js';
import { cleanText } from '../clean-text.js';
import { holdsPhrase } from '../values/words-of.js';
import type { Heard, Said } from './fields-of.js';

const LONGEST = 500;

/** The last value that the caller gave, where the dialogue would have taken one. */
export function slotOf({ field_name }: PostCallField, { request, exchanges }: Heard): Said {
  const { slots = {}, intents = [] } = request.dialogue ?? {};
  const slot = Object.hasOwn(slots, field_name) ? slots[field_name] : undefined;
  if (!slot) return null;
  const takers = intents
    .filter((one) => [...(one.slots ?? []), ...(one.optional_slots ?? [])].includes(field_name))
    .map(({ name }) => name);
  for (const { turn, before } of exchanges.toReversed()) {
    const isAsked = before !== null && holdsPhrase(before.content, slot.ask);
    if (!isAsked && !takers.includes(turn.intent ?? '')) continue;
    const value = fillSlot(slot, turn.content.slice(0, 2_000), isAsked);
    if (value !== null) return { value: cleanText(value, LONGEST), turn_id: turn.id };
  }
  return null;
}
