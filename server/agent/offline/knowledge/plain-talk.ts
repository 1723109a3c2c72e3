/** The talk of a version that lists facts and no dialogue: a fact, the few things that every caller says, or "I do not know" and what comes nearest. */
import type { DialogueState, DialogueStep } from '../dialogue/dialogue-state.js';
import { plainWords, spelledOut } from '../../../dialogue/normalize.js';
import type { FactSearch } from './fact-search.js';
import type { OfflineTalk } from './offline-talk.js';
import { questionTerms } from './terms-of.js';

/** Besides these words a sentence like them may hold one more that says something. */
const GOODBYE = /\b(goodbye|bye|that is (all|it|everything)|nothing else|no more questions)\b/;
const AGAIN =
  /\b(repeat|pardon|again|what did you say|not (hear|catch|understand|get) (that|you))\b/;
const PERSON =
  /\b((speak|talk) (to|with) (a|an|some|any|the|your)|(human|person|somebody|someone|representative|operator|manager) please|real (person|human)|transfer me|put me through)\b/;
const YES = /^(yes|yeah|yep|sure|ok|please|yes please|go ahead|that would be (good|great|nice))\b/;
const THANKS = /\b(thanks|thank you)\b/;
const MOST_WORDS = 10;

/** `hasPerson`: the version can hand over, so that a person is offered. */
export function createPlainTalk(
  facts: FactSearch,
  hasPerson: boolean,
  sayFact: (state: DialogueState, fact: string, reply?: string) => DialogueStep,
): OfflineTalk {
  const offer = hasPerson
    ? 'Shall I get you a person?'
    : 'Is there something else that you would like to know?';

  return {
    async step(state, utterance) {
      const words = spelledOut(plainWords(utterance));
      const text = words.join(' ');
      const content = questionTerms(utterance).words.size;
      const isShort = words.length <= MOST_WORDS && content <= 1;
      if (isShort && GOODBYE.test(text)) {
        return say(state, 'Thank you for calling. Goodbye.', 'goodbye', 'end_call');
      }
      if (isShort && AGAIN.test(text) && state.lastReply !== null) {
        return say(state, state.lastReply, 'repeat');
      }
      if (hasPerson && ((state.offered && YES.test(text)) || PERSON.test(text))) {
        return say(state, 'One moment, please.', 'person', 'call_transfer');
      }
      const { answer, nearest } = await facts.find(utterance);
      if (answer !== null) return sayFact(state, answer);
      if (content === 0 && THANKS.test(text)) {
        return say(state, 'You are welcome. Is there anything else?', 'thanks');
      }
      if (content === 0 && words.length <= 4) {
        return say(state, 'What would you like to know?', 'small_talk');
      }
      if (nearest !== null) {
        return sayFact(
          state,
          nearest,
          `I do not know that for certain. What I can tell you: ${nearest}`,
        );
      }
      const reply = `I am sorry, I do not know that. ${offer}`;
      const next = { ...state, misses: state.misses + 1, offered: hasPerson, lastReply: reply };
      return { state: next, reply, intent: null, action: null };
    },
  };
}

function say(
  state: DialogueState,
  reply: string,
  intent: string,
  action: DialogueStep['action'] = null,
): DialogueStep {
  return {
    state: { ...state, misses: 0, offered: false, lastReply: reply },
    reply,
    intent,
    action,
  };
}
