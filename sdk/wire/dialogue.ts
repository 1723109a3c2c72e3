/** What the offline language model knows: data of a published version, never code. */

/** How a slot is understood. `choice` needs `choices`. */
export type DialogueSlotType = 'day' | 'time' | 'number' | 'choice' | 'text';

/** A piece of knowledge that the caller gives. */
export interface DialogueSlot {
  type: DialogueSlotType;
  /** What the agent asks when it is missing. */
  ask: string;
  /** Value → the words that mean it. For `choice`; at most 100 values of 20 words each. */
  choices?: Record<string, string[]>;
}

/**
 * One thing that a caller may want. Texts may name slots as `{slot}`; the published version's
 * `{{variables}}` are already in their places.
 */
export interface DialogueIntent {
  name: string;
  /** Sentences that mean it: at most 100. */
  examples: string[];
  /** Said when nothing else applies. */
  reply?: string;
  /** Slots to fill before anything is said, in this order. */
  slots?: string[];
  /** Slots that are used when given and not asked for. */
  optional_slots?: string[];
  /** Read back before `reply`; a yes leads to `reply`, a no to `declined`. */
  confirm?: string;
  declined?: string;
  /** Another reply for each value of a slot; `reply` when the slot is empty or unknown. */
  by_slot?: { slot: string; replies: Record<string, string> };
  /** Values that this wish cannot have: what is said to each, after which the slot is waited for again. */
  refuse?: { slot: string; replies: Record<string, string> };
  /** `repeat` says the last answer again; `end_call` and `call_transfer` call the function of that type. */
  action?: 'repeat' | 'end_call' | 'call_transfer';
}

/** A dialogue of intents and slots. At most 200 intents and 50 slots. */
export interface Dialogue {
  intents: DialogueIntent[];
  slots: Record<string, DialogueSlot>;
  /** Sentences that mean yes and no. */
  yes: string[];
  no: string[];
  /** Said one after the other while the agent does not understand. */
  not_understood: string[];
  /** Said after those; a yes leads to the intent with the action `call_transfer`. */
  offer_person: string;
  /** Said when the caller says no to something that is not a question of a topic. */
  anything_else: string;
}
