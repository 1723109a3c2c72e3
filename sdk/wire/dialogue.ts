/** What the offline language model knows: data of a published version, never code. */
import type { DialogueSlot } from './generated.js';

export type { Dialogue, DialogueIntent, DialogueSlot } from './generated.js';

/** How a slot is understood. */
export type DialogueSlotType = DialogueSlot['type'];
