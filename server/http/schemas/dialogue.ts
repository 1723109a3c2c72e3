/** A version's `dialogue`: the intents, slots and replies of the offline language model. */
import { z } from '@hono/zod-openapi';
import { maxKeys } from './common.js';
import { component } from './component.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be a name in snake_case');
const sentence = z.string().min(1).max(500);
const sentences = z.array(sentence).min(1).max(200);
const text = z.string().min(1).max(1_000);

const slot = component(
  'DialogueSlot',
  'A value that the caller gives, such as a day or a number.',
  z.strictObject({
    type: z
      .enum(['day', 'time', 'number', 'choice', 'text'])
      .describe('What kind of value it is. `choice` needs `choices`.'),
    ask: text.describe('The question that asks for it. At most 1,000 characters.'),
    choices: z
      .record(z.string().min(1).max(100), z.array(sentence).max(20))
      .optional()
      .describe(
        'For `choice`: each value, and up to 20 phrases of at most 500 characters that mean it.',
      ),
  }),
);

const slotReplies = z.strictObject({
  slot: name.describe('The slot whose value decides.'),
  replies: z
    .record(z.string().min(1).max(100), text)
    .describe('Each value, and the reply to it. At most 1,000 characters each.'),
});

const intent = component(
  'DialogueIntent',
  'One thing that a caller may want. Texts may hold slots as `{slot}` and variables as `{{name}}`.',
  z.strictObject({
    name: name.describe('The name of the intent, in snake_case. At most 64 characters.'),
    examples: sentences.describe(
      'What callers say who want it: 1 to 200 sentences of at most 500 characters. Five to twelve that differ are enough.',
    ),
    reply: text
      .optional()
      .describe(
        'The reply, unless `by_slot` or `refuse` has another one. At most 1,000 characters.',
      ),
    slots: z
      .array(name)
      .max(10)
      .optional()
      .describe('Slots that are asked for before the reply, in this order. At most 10.'),
    optional_slots: z
      .array(name)
      .max(10)
      .optional()
      .describe(
        'Slots that are taken when the caller gives them, and never asked for. At most 10.',
      ),
    confirm: text
      .optional()
      .describe(
        'A question before the reply: yes leads to `reply`, no to `declined`. At most 1,000 characters.',
      ),
    declined: text
      .optional()
      .describe('The reply after a no to `confirm`. At most 1,000 characters.'),
    by_slot: slotReplies
      .optional()
      .describe(
        'A reply for each value of one slot; `reply` is said for any other value, and for none.',
      ),
    refuse: slotReplies
      .optional()
      .describe(
        'Values of one slot that cannot be had, with the reply to each, which has to ask for another one: the slot is filled by what the caller says next.',
      ),
    action: z
      .enum(['repeat', 'end_call', 'call_transfer'])
      .optional()
      .describe(
        '`repeat` says the last answer again; `end_call` and `call_transfer` call the function of that type.',
      ),
    transfer_to: z
      .string()
      .regex(/^agent_\w{1,60}$/, 'must be the id of an agent')
      .optional()
      .describe(
        'With `call_transfer`: which agent of that function is to take over. Default: its first destination, or its only agent.',
      ),
  }),
);

/** Intents, slots and the sentences around them. */
export const dialogue = component(
  'Dialogue',
  'What the offline language model understands and replies. Part of the settings of a version.',
  z
    .strictObject({
      intents: z.array(intent).min(1).max(200).describe('What callers may want: 1 to 200 intents.'),
      slots: z
        .record(name, slot)
        .check(maxKeys(50))
        .describe('What callers may give, by name: at most 50 slots.'),
      yes: sentences.describe(
        'What callers say for yes: 1 to 200 sentences; five to twelve are enough.',
      ),
      no: sentences.describe(
        'What callers say for no: 1 to 200 sentences; five to twelve are enough.',
      ),
      not_understood: z
        .array(text)
        .min(1)
        .max(10)
        .describe('Replies to what was not understood, the next one each time in a row: 1 to 10.'),
      offer_person: text.describe(
        'Said after the last of those; yes leads to the intent with the action `call_transfer`.',
      ),
      anything_else: text.describe(
        'Said after a no that answers no question, or to whose question there is no `declined`.',
      ),
    })
    .refine(hasEverySlot, 'names a slot that it does not define'),
);

function hasEverySlot(value: Pick<Dialogue, 'intents' | 'slots'>): boolean {
  const named = value.intents.flatMap((one) => [
    ...(one.slots ?? []),
    ...(one.optional_slots ?? []),
    ...(one.by_slot ? [one.by_slot.slot] : []),
    ...(one.refuse ? [one.refuse.slot] : []),
  ]);
  return named.every((slotName) => Object.hasOwn(value.slots, slotName));
}
