/** What the dialogue remembers from one utterance to the next. */

/** A wish that is not fulfilled yet. */
export interface Topic {
  intent: string;
  values: Readonly<Record<string, string>>;
  /** `ask`: the slot that was asked for. `confirm`: read back. `change`: said no, asked what else. */
  stage: { kind: 'ask'; slot: string } | { kind: 'confirm' } | { kind: 'change' };
}

/** Everything, as plain data. */
export interface DialogueState {
  topic: Topic | null;
  /** How often in a row nothing was understood. */
  misses: number;
  /** A person was offered just now. */
  offered: boolean;
  /** The last answer, for saying it again. */
  lastReply: string | null;
}

/** What an utterance leads to. */
export interface DialogueStep {
  state: DialogueState;
  reply: string;
  /** The intent that was recognised; `null` when nothing was. */
  intent: string | null;
  action: 'end_call' | 'call_transfer' | null;
  /** The agent that the dialogue hands over to, where it names one. */
  transferTo?: string;
  /** What the reply was found in, when it is a fact of the version. */
  fact?: string;
}

/** Before anybody has spoken. */
export function startOfDialogue(greeting: string | null): DialogueState {
  return { topic: null, misses: 0, offered: false, lastReply: greeting };
}
