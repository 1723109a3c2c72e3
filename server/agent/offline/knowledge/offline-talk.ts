/** What the offline language model says: the version's dialogue, its facts, or both. */
import type { VersionSettings } from '../../../../sdk/wire/agent.js';
import { createDialogue } from '../dialogue/create-dialogue.js';
import type { DialogueState, DialogueStep } from '../dialogue/dialogue-state.js';
import type { Embedder } from '../embedding/embedder.js';
import { createFactSearch } from './create-fact-search.js';
import { factsOf } from './facts-of.js';
import { createPlainTalk } from './plain-talk.js';

/** One version's talk: a step from state and utterance to state and reply. */
export interface OfflineTalk {
  step(state: DialogueState, utterance: string): Promise<DialogueStep>;
}

/** The intent of a turn that a fact answers. */
const KNOWLEDGE = 'knowledge';

/** `null`: the version says nothing at all. Without `embedder` it goes by words. */
export function createOfflineTalk(
  settings: VersionSettings,
  embedder: Embedder | null = null,
): OfflineTalk | null {
  const { dialogue, knowledge = [], functions } = settings;
  if (dialogue) {
    const engine = createDialogue(dialogue, embedder);
    if (knowledge.length === 0) return engine;
    const facts = createFactSearch(factsOf(settings), embedder);
    return {
      async step(state, utterance) {
        const step = await engine.step(state, utterance);
        if (step.intent !== null) return step;
        const { answer } = await facts.find(utterance);
        return answer === null ? step : sayFact(state, answer);
      },
    };
  }
  const facts = factsOf(settings);
  if (facts.length === 0 && settings.prompt.trim() === '') return null;
  const hasPerson = functions.some(({ type }) => type === 'call_transfer');
  return createPlainTalk(createFactSearch(facts, embedder), hasPerson, sayFact);
}

/** A wish that is not fulfilled yet stays open. */
function sayFact({ topic }: DialogueState, fact: string, reply = fact): DialogueStep {
  const state = { topic, misses: 0, offered: false, lastReply: reply };
  return { state, reply, intent: KNOWLEDGE, action: null, fact };
}
