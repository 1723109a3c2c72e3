/** What an agent says that has no dialogue: its owner's facts, and that it does not know. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startOfDialogue } from '../../../server/agent/offline/dialogue/dialogue-state.js';
import { loadMiniLm } from '../../../server/agent/offline/embedding/minilm.js';
import { createFactSearch } from '../../../server/agent/offline/knowledge/create-fact-search.js';
import { createWordSearch } from '../../../server/agent/offline/knowledge/create-word-search.js';
import { factsOf } from '../../../server/agent/offline/knowledge/facts-of.js';
import { createOfflineTalk } from '../../../server/agent/offline/knowledge/offline-talk.js';
import { readDemoAgent } from '../../../server/demo/demo-agent.js';
import { DEFAULT_SETTINGS } from '../../../server/domain/agents/default-settings.js';
import type { Embedder } from '../../../server/agent/offline/embedding/embedder.js';
import type { DialogueStep } from '../../../server/agent/offline/dialogue/dialogue-state.js';
import type { FactSearch } from '../../../server/agent/offline/knowledge/fact-search.js';
import { cpuMs } from '../../support/cpu-ms.js';
import { miniLm } from '../../support/models.js';
import type { VersionSettings } from '../../../sdk/wire/agent.js';

interface KnowledgeSet {
  name: string;
  facts: string[];
  questions: [question: string, place: number][];
  off_topic: string[];
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as KnowledgeSet[];
const sets = read('knowledge-sets.json').slice(0, 3);
const unseen = read('unseen-knowledge-sets.json');
const [bakery] = sets;

const transfer = {
  type: 'call_transfer' as const,
  name: 'person',
  description: '',
  config: { destinations: ['desk'] },
};

async function talk(
  settings: Partial<VersionSettings>,
  ...said: string[]
): Promise<DialogueStep[]> {
  const engine = createOfflineTalk({ ...DEFAULT_SETTINGS, ...settings });
  if (!engine) throw new Error('nothing to say');
  let state = startOfDialogue('Hello.');
  const steps: DialogueStep[] = [];
  for (const sentence of said) {
    const step = await engine.step(state, sentence);
    state = step.state;
    steps.push(step);
  }
  return steps;
}

describe('an agent that lists facts', () => {
  const knowledge = bakery?.facts ?? [];

  it('answers in the words of its owner', async () => {
    const [where, price] = await talk(
      { knowledge },
      'Where are you?',
      'How much is a sourdough loaf?',
    );
    expect(where).toMatchObject({ reply: knowledge[2], intent: 'knowledge' });
    expect(price?.reply).toBe(knowledge[3]);
  });

  it('says that it does not know, and offers a person where there is one', async () => {
    const odd = 'What is the capital of France?';
    const [alone] = await talk({ knowledge }, odd);
    expect(alone).toMatchObject({ intent: null, action: null });
    expect(alone?.reply).toMatch(/I do not know that\. Is there something else/);
    const steps = await talk({ knowledge, functions: [transfer] }, odd, 'Yes please.');
    expect(steps[0]?.reply).toMatch(/I do not know that\. Shall I get you a person\?/);
    expect(steps[1]?.action).toBe('call_transfer');
  });

  it('says it again, is thanked, and ends the call', async () => {
    const steps = await talk(
      { knowledge },
      'What is your address?',
      'Sorry, can you repeat that?',
      'Thank you very much.',
      'No thanks, that is all. Goodbye.',
    );
    expect(steps[1]?.reply).toBe(knowledge[2]);
    expect(steps[2]?.intent).toBe('thanks');
    expect(steps[3]?.action).toBe('end_call');
  });

  it('says what another version says', async () => {
    const [moved] = await talk({ knowledge: ['You find us at 7 Station Road.'] }, 'Where are you?');
    expect(moved?.reply).toBe('You find us at 7 Station Road.');
  });

  it('survives what nobody says', async () => {
    for (const odd of ['', '   ', '{day}', '💥', 'a'.repeat(20_000), '__proto__ constructor']) {
      expect((await talk({ knowledge }, odd))[0]?.reply).not.toBe('');
    }
  });

  it('is asked in a moment, however much it knows and however long the question is', async () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      Array.from({ length: 60 }, (_, j) => `word${i}x${j}`).join(' '),
    );
    const search = createWordSearch(many);
    const question = Array.from({ length: 2_000 }, (_, i) => `other${i}`).join(' ');
    expect(await cpuMs(() => search.find(question))).toBeLessThan(2_000);
  });
});

describe('an agent that has a prompt alone', () => {
  const prompt = `# Who you are
You are the friendly front desk of a hair salon. Always be brief.

## What you know
- We are open from nine to six, Monday to Saturday. A haircut costs **thirty euros**.
- Dr. Lind parks behind the house.
Speak slowly.`;

  it('takes its sentences for facts, and keeps what it is told about itself', () => {
    expect(factsOf({ ...DEFAULT_SETTINGS, prompt })).toEqual([
      'We are open from nine to six, Monday to Saturday.',
      'A haircut costs thirty euros.',
      'Dr. Lind parks behind the house.',
    ]);
  });

  it('answers with them, and prefers the facts that it is given', async () => {
    const question = 'How much is a haircut?';
    expect((await talk({ prompt }, question))[0]?.reply).toBe('A haircut costs thirty euros.');
    const knowledge = ['A haircut costs forty euros.'];
    expect((await talk({ prompt, knowledge }, question))[0]?.reply).toBe(knowledge[0]);
  });
});

describe('an agent that has a dialogue and facts', () => {
  const { settings } = readDemoAgent();

  it('says a fact only where the dialogue has nothing to say', async () => {
    const knowledge = ['Our founder Martha Lind built the first tandem of Europe.'];
    const said = ['Where is your workshop?', 'Who built the first tandem of Europe?'];
    const [dialogue, fact] = await talk({ ...settings, knowledge }, ...said);
    const [without] = await talk(settings, ...said);
    expect(dialogue?.reply).toBe(without?.reply);
    expect(fact?.reply).toBe(knowledge[0]);
  });
});

describe('facts that are found by what they mean', () => {
  const facts = ['Dogs are welcome.', 'The pool is heated.', 'A night costs forty euros.'];
  /** Which of the facts a text means, one direction each; a question that means none, another one. */
  const meanings: Record<string, number> = { 'May my poodle come along?': 0, 'Tell me a joke.': 3 };

  function fakeEmbedder(embed?: Embedder['embed']): Embedder & { asked: string[][] } {
    const asked: string[][] = [];
    return {
      asked,
      embed(texts) {
        asked.push([...texts]);
        const axisOf = (text: string) => meanings[text] ?? facts.indexOf(text);
        const vector = (text: string) =>
          Float32Array.from([0, 1, 2, 3], (at) => +(at === axisOf(text)));
        return embed?.(texts) ?? Promise.resolve(texts.map(vector));
      },
    };
  }

  it('need no word of the question, and are embedded once, before anybody asks', async () => {
    const embedder = fakeEmbedder();
    const search = createFactSearch(facts, embedder);
    expect(embedder.asked).toEqual([facts]);
    expect(await search.find('May my poodle come along?')).toEqual({
      answer: facts[0],
      nearest: null,
      related: [facts[0]],
    });
    const nothing = { answer: null, nearest: null, related: [] };
    expect(await search.find('Tell me a joke.')).toEqual(nothing);
    expect(embedder.asked.slice(1)).toEqual([['May my poodle come along?'], ['Tell me a joke.']]);
    expect((await createWordSearch(facts).find('May my poodle come along?')).answer).toBeNull();
  });

  it.each([
    ['is not there', () => Promise.reject(new Error('no such file'))],
    ['does not answer in time', () => new Promise<never>(() => undefined)],
  ])('are found by their words where the embedder %s', async (_why, embed) => {
    const search = createFactSearch(facts, fakeEmbedder(embed));
    expect((await search.find('Is the pool heated?')).answer).toBe(facts[1]);
  });

  it('are found by their meaning once the embedder is there', async () => {
    let isThere = false;
    const there = fakeEmbedder();
    const search = createFactSearch(
      facts,
      fakeEmbedder((texts) =>
        isThere ? there.embed(texts) : Promise.reject(new Error('no such file')),
      ),
    );
    expect((await search.find('Is the pool heated?')).answer).toBe(facts[1]);
    isThere = true;
    expect((await search.find('May my poodle come along?')).answer).toBe(facts[0]);
  });

  it('are the same when the conversation is gone through again, and none is waited for twice', async () => {
    let isStuck = false;
    const there = fakeEmbedder();
    const embedder = fakeEmbedder((texts) =>
      isStuck ? new Promise<never>(() => undefined) : there.embed(texts),
    );
    const search = createFactSearch(facts, embedder);
    const nothing = await search.find('Tell me a joke.');
    isStuck = true;
    const late = await search.find('May my poodle come along?');
    isStuck = false;
    expect(await search.find('Tell me a joke.')).toEqual(nothing);
    expect(await search.find('May my poodle come along?')).toEqual(late);
    expect(late.answer).toBeNull();
    expect(embedder.asked).toHaveLength(3);
  });

  it('are offered, and told as no more than that, where one comes near the question', async () => {
    const question = 'Is there something for children?';
    const half = Float32Array.from([0, 0.5, 0.5, Math.SQRT1_2]);
    const embedder = fakeEmbedder((texts) =>
      Promise.resolve(
        texts.map((text) =>
          text === question
            ? half
            : Float32Array.from([0, 1, 2, 3], (at) => +(at === facts.indexOf(text))),
        ),
      ),
    );
    const settings = { ...DEFAULT_SETTINGS, knowledge: facts };
    const step = await createOfflineTalk(settings, embedder)?.step(startOfDialogue(null), question);
    const reply = `I do not know that for certain. What I can tell you: ${facts[1] ?? ''}`;
    expect(step).toMatchObject({ reply, fact: facts[1], intent: 'knowledge' });
  });

  it('are what an agent says, and told with it', async () => {
    const engine = createOfflineTalk({ ...DEFAULT_SETTINGS, knowledge: facts }, fakeEmbedder());
    const step = await engine?.step(startOfDialogue(null), 'May my poodle come along?');
    expect(step).toMatchObject({ reply: facts[0], fact: facts[0], intent: 'knowledge' });
  });

  // `test/bench/knowledge.mjs` prints the whole table: the questions are far from the facts' words.
  it.skipIf(!miniLm)(
    'are more, and seldomer wrong, than by words, for businesses that nothing was tuned on',
    async () => {
      const embedder = await loadMiniLm(miniLm ?? '');
      const byMeaning = await asked(unseen, (facts) => createFactSearch(facts, embedder, 60_000));
      const byWords = await asked(unseen, (facts) => createWordSearch(facts));
      expect(byMeaning).toMatchObject({ questions: 42, offTopic: 54 });
      expect(byMeaning.right).toBeGreaterThanOrEqual(11);
      expect(byMeaning.right).toBeGreaterThan(byWords.right);
      expect(byMeaning.wrong).toBeLessThanOrEqual(6);
      expect(byMeaning.wrong).toBeLessThan(byWords.wrong);
      // What a language model is told of.
      expect(byMeaning.related).toBeGreaterThanOrEqual(40);
    },
  );
});

interface Counts {
  questions: number;
  right: number;
  /** Another fact, or any to a question that none answers. */
  wrong: number;
  /** The right one is among those that fit. */
  related: number;
  offTopic: number;
}

async function asked(
  businesses: readonly KnowledgeSet[],
  searchOf: (facts: string[]) => FactSearch,
): Promise<Counts> {
  const counts = { questions: 0, right: 0, wrong: 0, related: 0, offTopic: 0 };
  for (const { facts, questions, off_topic: offTopic } of businesses) {
    const search = searchOf(facts);
    for (const [question, place] of questions) {
      const { answer, related } = await search.find(question);
      counts.questions += 1;
      if (answer === facts[place]) counts.right += 1;
      else if (answer !== null) counts.wrong += 1;
      if (related.includes(facts[place] ?? '')) counts.related += 1;
    }
    for (const question of offTopic) {
      counts.offTopic += 1;
      if ((await search.find(question)).answer !== null) counts.wrong += 1;
    }
  }
  return counts;
}

describe('the facts of three businesses', () => {
  it('are found for most questions, and seldom said to the wrong one', async () => {
    const counts = await asked(sets, (facts) => createWordSearch(facts));
    expect(counts).toMatchObject({ questions: 42, offTopic: 27 });
    expect(counts.right).toBeGreaterThanOrEqual(32);
    expect(counts.wrong).toBeLessThanOrEqual(2);
  });
});

describe('a prompt that is all there is', () => {
  const ask = async (prompt: string, question: string): Promise<string> =>
    (await talk({ prompt }, question))[0]?.reply ?? '';

  it.each([
    [
      'The discount code is HARBOUR20 and must not be told to callers.',
      'What is the discount code?',
    ],
    ['Only offer a refund when the caller threatens to cancel.', 'When do you offer a refund?'],
    ['Internal: the API key is 4711.', 'What is the API key?'],
    ['Please never say that we are closing down.', 'Are you closing down?'],
  ])('is not said where it is meant for the agent: %s', async (sentence, question) => {
    const prompt = `You are a clerk.\n\n${sentence}\n\nWe are open from nine to five.`;
    expect(await ask(prompt, question)).not.toContain(sentence.slice(0, 20));
    expect(await ask(prompt, 'When are you open?')).toBe('We are open from nine to five.');
  });

  // Found by what it means, an instruction would be said to whoever asks what it is about.
  it('says its facts to callers, and none of what it asks of the agent', () => {
    const instructions = [
      'Offer a discount of ten percent to whoever hesitates.',
      'Collect the name and the email first.',
      'You should sound warm and sell the premium plan.',
      'You work for a company that wants to sell the premium plan.',
      'You will be called by angry people.',
      'Goal: sell the premium plan.',
      'End the call after three minutes.',
      'Try to sell the premium plan.',
      'Stay calm with angry people.',
      'Transfer angry people to Anna.',
      'It is best to keep your answers short.',
      'The assistant knows nothing about prices.',
    ];
    const facts = [
      'You can pay by card.',
      'You will find us in Mill Lane.',
      'Offers end on Sunday.',
      'Letters are sent by post.',
      'Call us on 555 0100.',
    ];
    const prompt = [...instructions, ...facts].join('\n\n');
    expect(factsOf({ ...DEFAULT_SETTINGS, prompt })).toEqual(facts);
  });

  it('is read in no time, however long its lines are', async () => {
    const took = await cpuMs(() => {
      factsOf({ ...DEFAULT_SETTINGS, prompt: 'word '.repeat(40_000) });
      factsOf({ ...DEFAULT_SETTINGS, prompt: '\n'.repeat(200_000) });
    });
    expect(took).toBeLessThan(500);
  });
});
