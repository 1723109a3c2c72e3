/** The dialogue of one published version: a step from state and utterance to state and reply. */
import type { Dialogue, DialogueIntent } from '../../../../sdk/wire/dialogue.js';
import type { Embedder } from '../embedding/embedder.js';
import type { DialogueState, DialogueStep, Topic } from './dialogue-state.js';
import { RELATIVE_DAYS, fillSlot } from '../../../dialogue/fill-slot.js';
import { createIntentMatcher } from './match-intent.js';
import type { IntentMatch } from './match-intent.js';

/** What it takes to leave a topic in the middle. */
const SWITCHES = 0.45;
/** And what it takes when the sentence also names something that the topic could use, such as a day. */
const SWITCHES_ANYWAY = 0.6;
/** A caller is not kept waiting longer; what is said then goes by its wording. */
const MEANING_MS = 400;
const YES = 'yes';
const NO = 'no';

/** One version's dialogue. */
export interface DialogueEngine {
  step(state: DialogueState, utterance: string): Promise<DialogueStep>;
}

/**
 * Prepares the examples once. `embedder`: what tells what they mean; `null`: nothing does. A turn waits `meaningMs`
 * milliseconds for it at the most.
 */
export function createDialogue(
  data: Dialogue,
  embedder: Embedder | null,
  meaningMs = MEANING_MS,
): DialogueEngine {
  const matcher = createIntentMatcher(
    [...data.intents, { name: YES, examples: data.yes }, { name: NO, examples: data.no }],
    embedder,
    meaningMs,
  );
  const intentOf = new Map(data.intents.map((intent) => [intent.name, intent]));
  return { step };

  async function step(state: DialogueState, utterance: string): Promise<DialogueStep> {
    const understood = await matcher.match(utterance);
    const topicStep = state.topic && continueTopic(state, state.topic, utterance, understood);
    if (topicStep) return topicStep;
    if (state.offered && understood?.name === YES) {
      const person = data.intents.find((intent) => intent.action === 'call_transfer');
      if (person) return enter(state, person, utterance);
    }
    if (understood?.name === NO) return answer(state, data.anything_else, NO);
    const intent = understood && intentOf.get(understood.name);
    return intent ? enter(state, intent, utterance) : miss(state);
  }

  function continueTopic(
    state: DialogueState,
    topic: Topic,
    utterance: string,
    match: IntentMatch | null,
  ): DialogueStep | null {
    const intent = intentOf.get(topic.intent);
    if (!intent) return null;
    const given = valuesIn(intent, utterance, topic.stage.kind === 'ask' ? topic.stage.slot : null);
    const other = match && match.name !== topic.intent ? intentOf.get(match.name) : undefined;
    const gives = Object.keys(given).length > 0;
    const leaves = other && (match?.score ?? 0) >= (gives ? SWITCHES_ANYWAY : SWITCHES);
    if (other?.action === 'repeat' && leaves) return repeat(state);
    if (leaves) return null;
    if (topic.stage.kind === 'confirm' && !gives) {
      if (match?.name === YES) return fulfil({ ...state, topic: null }, intent, topic.values);
      if (match?.name === NO) {
        const stage = { kind: 'change' as const };
        const reply = intent.declined ?? data.anything_else;
        const next = intent.declined ? { ...topic, stage } : null;
        return { ...answer(state, reply, NO), state: { ...calm(state, reply), topic: next } };
      }
    }
    if (topic.stage.kind === 'change' && match?.name === NO && !gives) {
      return answer({ ...state, topic: null }, data.anything_else, NO);
    }
    if (!gives) return missTopic(state, topic, intent);
    return proceed(state, intent, { ...topic.values, ...given });
  }

  function enter(state: DialogueState, intent: DialogueIntent, utterance: string): DialogueStep {
    if (intent.action === 'repeat') return repeat(state);
    return proceed({ ...state, topic: null }, intent, valuesIn(intent, utterance, null));
  }

  function proceed(
    state: DialogueState,
    intent: DialogueIntent,
    values: Readonly<Record<string, string>>,
  ): DialogueStep {
    const { slot: limited = '', replies = {} } = intent.refuse ?? {};
    const { [limited]: given, ...others } = values;
    if (given !== undefined && Object.hasOwn(replies, given)) {
      const stage = { kind: 'ask' as const, slot: limited };
      return hold(state, { intent: intent.name, values: others, stage }, replies[given] ?? '');
    }
    const missing = (intent.slots ?? []).find((slot) => values[slot] === undefined);
    if (missing !== undefined) {
      const stage = { kind: 'ask' as const, slot: missing };
      return hold(state, { intent: intent.name, values, stage }, data.slots[missing]?.ask ?? '');
    }
    if (intent.confirm === undefined) return fulfil({ ...state, topic: null }, intent, values);
    const topic: Topic = { intent: intent.name, values, stage: { kind: 'confirm' } };
    return hold(state, topic, put(intent.confirm, values));
  }

  function fulfil(
    state: DialogueState,
    intent: DialogueIntent,
    values: Readonly<Record<string, string>>,
  ): DialogueStep {
    const value = intent.by_slot ? values[intent.by_slot.slot] : undefined;
    const special = value === undefined ? undefined : intent.by_slot?.replies[value];
    const action = intent.action === 'repeat' ? null : (intent.action ?? null);
    const said = answer(state, put(special ?? intent.reply ?? '', values), intent.name);
    return { ...said, action, ...(intent.transfer_to ? { transferTo: intent.transfer_to } : {}) };
  }

  function miss(state: DialogueState): DialogueStep {
    const reply = data.not_understood[state.misses] ?? data.offer_person;
    const offered = state.misses >= data.not_understood.length;
    return {
      state: { ...state, misses: state.misses + 1, offered, lastReply: reply },
      reply,
      intent: null,
      action: null,
    };
  }

  function missTopic(state: DialogueState, topic: Topic, intent: DialogueIntent): DialogueStep {
    if (state.misses >= data.not_understood.length) return miss({ ...state, topic: null });
    const question =
      topic.stage.kind === 'ask'
        ? (data.slots[topic.stage.slot]?.ask ?? '')
        : put(
            (topic.stage.kind === 'confirm' ? intent.confirm : intent.declined) ?? '',
            topic.values,
          );
    const step = miss(state);
    return { ...step, reply: `${step.reply} ${question}`, state: { ...step.state, topic } };
  }

  function valuesIn(
    intent: DialogueIntent,
    utterance: string,
    asked: string | null,
  ): Record<string, string> {
    const names = [...(intent.slots ?? []), ...(intent.optional_slots ?? [])];
    const found = names.flatMap((name) => {
      const slot = data.slots[name];
      const value = slot ? fillSlot(slot, utterance, name === asked) : null;
      return value === null ? [] : [[name, value] as const];
    });
    return Object.fromEntries(found);
  }
}

function hold(state: DialogueState, topic: Topic, reply: string): DialogueStep {
  return { ...answer(state, reply, topic.intent), state: { ...calm(state, reply), topic } };
}

function answer(state: DialogueState, reply: string, intent: string): DialogueStep {
  return { state: { ...calm(state, reply), topic: state.topic }, reply, intent, action: null };
}

function repeat(state: DialogueState): DialogueStep {
  const reply = state.lastReply ?? '';
  return { state: { ...state, misses: 0 }, reply, intent: 'repeat', action: null };
}

function calm(state: DialogueState, reply: string): DialogueState {
  return { topic: state.topic, misses: 0, offered: false, lastReply: reply };
}

/** Numbers of four and more digits are said digit by digit; one comes on Monday, but tomorrow. */
function put(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/(on )?\{(\w+)\}/g, (whole, on: string | undefined, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const said = /^\d{4,}$/.test(value) ? [...value].join(' ') : value;
    return RELATIVE_DAYS.includes(value) ? said : `${on ?? ''}${said}`;
  });
}
