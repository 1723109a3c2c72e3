/** What the offline language model knows. */
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
  'A piece of knowledge that the caller gives.',
  z.strictObject({
    type: z
      .enum(['day', 'time', 'number', 'choice', 'text'])
      .describe('How it is understood. `choice` needs `choices`.'),
    ask: text.describe('What the agent asks when it is missing. At most 1,000 characters.'),
    choices: z
      .record(z.string().min(1).max(100), z.array(sentence).max(20))
      .optional()
      .describe('Value → the words that mean it, for `choice`: at most 20 of 500 characters each.'),
  }),
);

const slotReplies = z.strictObject({
  slot: name.describe('The slot whose value chooses.'),
  replies: z
    .record(z.string().min(1).max(100), text)
    .describe('Value → what is said. At most 1,000 characters each.'),
});

const intent = component(
  'DialogueIntent',
  "One thing that a caller may want. Texts may name slots as `{slot}`; the published version's `{{variables}}` are " +
    'already in their places.',
  z.strictObject({
    name: name.describe('In snake_case, at most 64 characters.'),
    examples: sentences.describe('Sentences that mean it: 1 to 200 of at most 500 characters.'),
    reply: text.optional().describe('Said when nothing else applies. At most 1,000 characters.'),
    slots: z
      .array(name)
      .max(10)
      .optional()
      .describe('Slots to fill before anything is said, in this order. At most 10.'),
    optional_slots: z
      .array(name)
      .max(10)
      .optional()
      .describe('Slots that are used when given and not asked for. At most 10.'),
    confirm: text
      .optional()
      .describe('Read back before `reply`; a yes leads to `reply`, a no to `declined`.'),
    declined: text.optional().describe('Said after a no to `confirm`.'),
    by_slot: slotReplies
      .optional()
      .describe(
        'Another reply for each value of a slot; `reply` when the slot is empty or unknown.',
      ),
    refuse: slotReplies
      .optional()
      .describe(
        'Values that this wish cannot have: what is said to each, after which the slot is waited for again.',
      ),
    action: z
      .enum(['repeat', 'end_call', 'call_transfer'])
      .optional()
      .describe(
        '`repeat` says the last answer again; `end_call` and `call_transfer` call the function of that type.',
      ),
  }),
);

/** Intents, slots and the sentences around them. */
export const dialogue = component(
  'Dialogue',
  'What the offline language model knows: data of a published version, never code.',
  z
    .strictObject({
      intents: z.array(intent).min(1).max(200).describe('What callers may want: 1 to 200.'),
      slots: z
        .record(name, slot)
        .check(maxKeys(50))
        .describe('What callers may give, by name: at most 50.'),
      yes: sentences.describe('Sentences that mean yes: 1 to 200.'),
      no: sentences.describe('Sentences that mean no: 1 to 200.'),
      not_understood: z
        .array(text)
        .min(1)
        .max(10)
        .describe('Said one after the other while the agent does not understand: 1 to 10.'),
      offer_person: text.describe(
        'Said after those; a yes leads to the intent with the action `call_transfer`.',
      ),
      anything_else: text.describe(
        'Said when the caller says no to something that is not a question of a topic.',
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
