/** Types of a version's `dialogue`: the intents, slots and replies of the offline language model. */
import type { DialogueSlot } from './generated.js';

export type { Dialogue, DialogueIntent, DialogueSlot } from './generated.js';

/** The type of a slot's values. */
export type DialogueSlotType = DialogueSlot['type'];
