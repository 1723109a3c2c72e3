/** What the offline language model knows. */
import { z } from '@hono/zod-openapi';
import { maxKeys } from './common.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';
import type { Exact, Proof } from './exact.js';

const name = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be a name in snake_case');
const sentence = z.string().min(1).max(500);
const sentences = z.array(sentence).min(1).max(200);
const text = z.string().min(1).max(1_000);

const slot = z
  .strictObject({
    type: z.enum(['day', 'time', 'number', 'choice', 'text']),
    ask: text,
    choices: z.record(z.string().min(1).max(100), z.array(sentence).max(20)).optional(),
  })
  .openapi('DialogueSlot');

const slotReplies = z.strictObject({
  slot: name,
  replies: z.record(z.string().min(1).max(100), text),
});

const intent = z
  .strictObject({
    name,
    examples: sentences,
    reply: text.optional(),
    slots: z.array(name).max(10).optional(),
    optional_slots: z.array(name).max(10).optional(),
    confirm: text.optional(),
    declined: text.optional(),
    by_slot: slotReplies.optional(),
    refuse: slotReplies.optional(),
    action: z.enum(['repeat', 'end_call', 'call_transfer']).optional(),
  })
  .openapi('DialogueIntent');

/** Intents, slots and the sentences around them. */
export const dialogue = z
  .strictObject({
    intents: z.array(intent).min(1).max(200),
    slots: z.record(name, slot).check(maxKeys(50)),
    yes: sentences,
    no: sentences,
    not_understood: z.array(text).min(1).max(10),
    offer_person: text,
    anything_else: text,
  })
  .refine(hasEverySlot, 'names a slot that it does not define')
  .openapi('Dialogue', { description: 'What the offline language model knows.' });

function hasEverySlot(value: Dialogue): boolean {
  const named = value.intents.flatMap((one) => [
    ...(one.slots ?? []),
    ...(one.optional_slots ?? []),
    ...(one.by_slot ? [one.by_slot.slot] : []),
    ...(one.refuse ? [one.refuse.slot] : []),
  ]);
  return named.every((slotName) => Object.hasOwn(value.slots, slotName));
}

/** This fails to compile when the schema and the wire drift apart. */
export type DialogueProofs = [Proof<Exact<z.output<typeof dialogue>, Dialogue>>];
