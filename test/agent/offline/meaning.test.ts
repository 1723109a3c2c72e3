/** A dialogue whose version lists few examples: what a sentence means tells, and the wording where nothing else does. */
import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../server/agent/offline/dialogue/create-dialogue.js';
import { startOfDialogue } from '../../../server/agent/offline/dialogue/dialogue-state.js';
import { fakeEmbedder } from '../../fakes/fake-embedder.js';
import type { Dialogue } from '../../../sdk/wire/dialogue.js';
import type { DialogueEngine } from '../../../server/agent/offline/dialogue/create-dialogue.js';

const TOPICS = ['open close shut', 'where located find', 'yes', 'no'];
const SAME_MEANING = 'Already shut at six?';
const SAME_WORDS = 'When do you open on Monday?';
const never = () => new Promise<never>(() => undefined);
const failed = () => Promise.reject(new Error('no such file'));

function bakery(hours: readonly string[] = ['When do you open?']): Dialogue {
  return {
    intents: [
      { name: 'hours', examples: [...hours], reply: 'From six to two.' },
      { name: 'address', examples: ['Where are you?'], reply: 'At 12 Mill Lane.' },
    ],
    slots: {},
    yes: ['Yes.'],
    no: ['No.'],
    not_understood: ['Pardon?'],
    offer_person: 'A person?',
    anything_else: 'Anything else?',
  };
}

async function intentOf(engine: DialogueEngine, sentence: string): Promise<string | null> {
  return (await engine.step(startOfDialogue(null), sentence)).intent;
}

describe('a version with one example an intent', () => {
  it('understands what is said in other words, and nothing that is about something else', async () => {
    const engine = createDialogue(bakery(), fakeEmbedder(TOPICS));
    expect(await intentOf(engine, SAME_MEANING)).toBe('hours');
    expect(await intentOf(engine, 'Tell me a joke.')).toBeNull();
    expect(await intentOf(createDialogue(bakery(), null), SAME_MEANING)).toBeNull();
  });

  it('has its examples embedded before anybody speaks, and each sentence once', async () => {
    const embedder = fakeEmbedder(TOPICS);
    const engine = createDialogue(bakery(), embedder);
    expect(embedder.asked).toEqual(['when do you open', 'where are you', 'yes', 'no']);
    await intentOf(engine, SAME_MEANING);
    await intentOf(engine, SAME_MEANING);
    expect(embedder.asked.slice(4)).toEqual(['already shut at six']);
  });
});

describe('a turn', () => {
  it('waits a short while for the meaning, and then goes by the wording', async () => {
    const embedder = fakeEmbedder(TOPICS);
    embedder.answer = never;
    const engine = createDialogue(bakery(), embedder);
    const since = performance.now();
    expect(await intentOf(engine, SAME_WORDS)).toBe('hours');
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(await intentOf(engine, SAME_MEANING)).toBeNull();
  });

  it('goes by the wording without the model, and by the meaning once it is there', async () => {
    const embedder = fakeEmbedder(TOPICS);
    embedder.answer = failed;
    const engine = createDialogue(bakery(), embedder);
    expect(await intentOf(engine, SAME_WORDS)).toBe('hours');
    expect(await intentOf(engine, SAME_MEANING)).toBeNull();
    embedder.answer = null;
    expect(await intentOf(engine, 'Is it shut?')).toBe('hours');
  });

  it('is taken for the same when the conversation is gone through again', async () => {
    const embedder = fakeEmbedder(TOPICS);
    embedder.answer = failed;
    const engine = createDialogue(bakery(), embedder);
    expect(await intentOf(engine, SAME_MEANING)).toBeNull();
    embedder.answer = null;
    expect(await intentOf(engine, SAME_MEANING)).toBeNull();
  });
});

describe('a version with many examples', () => {
  it('has forty of an intent embedded', () => {
    const embedder = fakeEmbedder(TOPICS);
    createDialogue(bakery(Array.from({ length: 200 }, (_, at) => `Open at ${at}?`)), embedder);
    expect(embedder.asked.length).toBe(43);
  });

  it('does not keep the model busy for minutes', () => {
    const embedder = fakeEmbedder(TOPICS);
    const [first] = bakery().intents;
    const examples = Array.from({ length: 8 }, (_, at) => `When do you open on day ${at}?`);
    const intents = Array.from({ length: 200 }, (_, at) => ({
      ...first,
      name: `hours_${at}`,
      examples,
    }));
    createDialogue({ ...bakery(), intents }, embedder);
    expect(embedder.asked.length).toBeLessThanOrEqual(1_000);
    expect(embedder.asked.length).toBeGreaterThan(500);
  });
});
