/** What the workshop's front desk understands and says, sentence by sentence: by what it means, and by the wording alone. */
import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../server/agent/offline/dialogue/create-dialogue.js';
import { startOfDialogue } from '../../../server/agent/offline/dialogue/dialogue-state.js';
import { keepVectors } from '../../../server/agent/offline/embedding/keep-vectors.js';
import { loadMiniLm } from '../../../server/agent/offline/embedding/minilm.js';
import { DEMO_WORDS, readDemoAgent } from '../../../server/demo/demo-agent.js';
import { dialogue as dialogueSchema } from '../../../server/http/schemas/dialogue.js';
import { HELD_OUT, OFF_TOPIC } from './held-out-sentences.js';
import offTopic from './off-topic-sentences.json' with { type: 'json' };
import unseen from './unseen-sentences.json' with { type: 'json' };
import type { Dialogue } from '../../../sdk/wire/dialogue.js';
import { miniLm } from '../../support/models.js';
import type { Embedder } from '../../../server/agent/offline/embedding/embedder.js';

type Meant = readonly [string, string | null];

/** A busy machine understands as much. */
const PATIENCE_MS = 60_000;
const demo = readDemoAgent().settings.dialogue as Dialogue;

/** How many may be taken for something else: of the sixty held out, the two hundred unseen, the twelve off topic. */
interface Bounds {
  heldOut: number;
  unseen: number;
  offTopic: number;
}

const ways: [name: string, embedder: Embedder | null, bounds: Bounds][] = [
  ['by the wording alone', null, { heldOut: 12, unseen: 60, offTopic: 1 }],
];
if (miniLm) {
  const embedder = keepVectors(await loadMiniLm(miniLm), 4_096);
  ways.push(['by what is meant', embedder, { heldOut: 3, unseen: 24, offTopic: 0 }]);
}

describe('the demo dialogue as data', () => {
  it('is what the publish route accepts', () => {
    expect(dialogueSchema.safeParse(demo).error).toBeUndefined();
  });

  it('holds no more examples than a person writes', () => {
    const counts = [...demo.intents.map(({ examples }) => examples), demo.yes, demo.no];
    expect(Math.max(...counts.map((examples) => examples.length))).toBeLessThanOrEqual(12);
  });
});

describe.each(ways)('the demo dialogue, %s', (_name, embedder, bounds) => {
  const demoEngine = createDialogue(demo, embedder, PATIENCE_MS);

  /** Says one sentence after the other and answers what came back each time. */
  async function talk(data: Dialogue, ...sentences: string[]): Promise<string[]> {
    const engine = data === demo ? demoEngine : createDialogue(data, embedder, PATIENCE_MS);
    let state = startOfDialogue('Hello, how can I help you?');
    const replies: string[] = [];
    for (const sentence of sentences) {
      const step = await engine.step(state, sentence);
      state = step.state;
      replies.push(step.reply);
    }
    return replies;
  }

  async function intentOf(sentence: string): Promise<string | null> {
    return (await demoEngine.step(startOfDialogue(null), sentence)).intent;
  }

  /** What is taken for something else than it means. */
  async function mistaken(sentences: readonly Meant[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const [sentence, intent] of sentences) {
      const taken = await intentOf(sentence);
      if (taken !== intent) wrong.push(`${sentence} → ${taken} instead of ${intent}`);
    }
    return wrong;
  }

  it('takes held-out sentences for what they mean', async () => {
    const wrong = await mistaken(HELD_OUT);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(bounds.heldOut);
  });

  it('takes sentences that nobody had seen who wrote its examples for what they mean', async () => {
    expect(unseen.length).toBe(200);
    const wrong = await mistaken(unseen as [string, string | null][]);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(bounds.unseen);
  });

  it('takes what is none of its business for nothing that it knows', async () => {
    const taken = await mistaken(OFF_TOPIC.map((sentence) => [sentence, null]));
    expect(taken.length, taken.join('\n')).toBeLessThanOrEqual(bounds.offTopic);
    const more = await mistaken(offTopic.map((sentence) => [sentence, null]));
    expect(offTopic.length).toBe(125);
    expect(more.length, more.join('\n')).toBeLessThanOrEqual(34);
  });

  it.each(['Friday afternoon.', 'On Tuesday, please.', 'It is for Monday.', 'Tomorrow at nine.'])(
    'takes "%s" for an answer while it asks for a day',
    async (answer) => {
      const [, reply] = await talk(demo, 'I need an appointment.', answer);
      expect(reply).toMatch(/what time|Is that correct/);
    },
  );

  it('answers what the page invites its visitors to ask', async () => {
    expect(DEMO_WORDS.hint).toContain('what fixing a puncture costs');
    const ask = async (sentence: string) => (await talk(demo, sentence))[0];
    expect(await ask('What does fixing a puncture cost?')).toMatch(/15 pounds/);
    expect(await ask('When is the workshop open?')).toMatch(/Monday to Friday from 9 to 6/);
  });

  it('answers with the day that was asked for', async () => {
    expect(await talk(demo, 'Are you open on Sunday?')).toEqual(['On Sunday we are closed.']);
  });

  it('books: asks for what is missing, reads back, confirms', async () => {
    const replies = await talk(
      demo,
      'I need an appointment.',
      'On Tuesday.',
      'At half past two.',
      'Yes, that is right.',
    );
    expect(replies[0]).toContain('Which day');
    expect(replies[1]).toContain('what time');
    expect(replies[2]).toBe('So that is a repair on Tuesday at half past 2. Is that correct?');
    expect(replies[3]).toContain('booked for Tuesday at half past 2');
  });

  it('changes what was read back wrongly', async () => {
    const replies = await talk(
      demo,
      'I would like to book a repair for Friday at three o clock.',
      'No, that is wrong.',
      'Thursday at ten.',
      'Yes.',
    );
    expect(replies[2]).toContain("on Thursday at 10 o'clock");
    expect(replies[3]).toContain('booked for Thursday');
  });

  it('takes a correction without a no', async () => {
    const [, corrected] = await talk(
      demo,
      'Book a repair for Friday at three.',
      'On Monday, please.',
    );
    expect(corrected).toContain("on Monday at 3 o'clock");
  });

  it('books no day on which it is closed, and keeps the time', async () => {
    const replies = await talk(demo, 'Book a repair for Sunday at three.', 'Then on Monday.');
    expect(replies[0]).toMatch(/sunday we are closed/i);
    expect(replies[1]).toContain("on Monday at 3 o'clock");
    const other = structuredClone(demo);
    for (const intent of other.intents) delete intent.refuse;
    const [booked] = await talk(other, 'Book a repair for Sunday at three.');
    expect(booked).toContain('on Sunday at 3');
  });

  it('says a day as people do', async () => {
    expect(await talk(demo, 'Book a repair for tomorrow at ten.')).toEqual([
      "So that is a repair tomorrow at 10 o'clock. Is that correct?",
    ]);
  });

  it.each([
    ['Book a repair for two bikes on Friday.', null],
    ['Book a repair for Friday at three.', "3 o'clock"],
    ['Book a repair at two on Friday, please.', "2 o'clock"],
    ['Book a repair for Friday for three, please.', "3 o'clock"],
    ['Book a repair for Friday at a quarter to three.', 'quarter to 3'],
    ['Book a repair for Friday at ten to four.', '10 to 4'],
    ['Book a repair for Friday at ten past four.', '4:10'],
    ['Book a repair for Friday at half past two.', 'half past 2'],
    ['Book a repair for Friday at two in the afternoon.', "2 o'clock"],
    ['Book a repair for Friday at 3 p.m.', '3 pm'],
    ['Book a repair for Friday at 10:30.', '10:30'],
    ['Book a repair for Friday at nine thirty.', '9:30'],
    ['Book a repair for Friday at noon.', "12 o'clock"],
    ['Book a repair for my two bikes on Friday at nine.', "9 o'clock"],
    ['Book a repair for two tomorrow at 5 pm.', '5 pm'],
    ['Book a repair for Friday, about two hours, at 15:30.', '3:30 pm'],
  ])('hears in "%s" the time %s', async (sentence, time) => {
    const [reply] = await talk(demo, sentence);
    if (time === null) expect(reply).toContain('what time');
    else expect(reply).toContain(` at ${time}. Is that correct?`);
  });

  it('finds a repair by its ticket, however the number is said', async () => {
    const [, ready] = await talk(demo, 'Is my bike ready?', 'Four two seven nine.');
    expect(ready).toContain('is ready');
    const [atOnce] = await talk(demo, 'Is my bike ready? The ticket number is 4279.');
    expect(atOnce).toContain('is ready');
    const [, unknown] = await talk(demo, 'Is my bike ready?', 'Nine nine nine nine.');
    expect(unknown).toContain('can not find');
  });

  it('says the last answer again', async () => {
    const [address, again] = await talk(demo, 'Where is your workshop?', 'Can you say that again?');
    expect(again).toBe(address);
  });

  it('repeats a question in the middle of a booking without losing it', async () => {
    const replies = await talk(
      demo,
      'I need an appointment.',
      'What did you say?',
      'Monday',
      'at nine',
    );
    expect(replies[1]).toBe(replies[0]);
    expect(replies[3]).toContain("on Monday at 9 o'clock");
  });

  it('leaves a question open for another one that names a day too', async () => {
    const replies = await talk(
      demo,
      'I want to cancel my appointment on Friday.',
      'What time do you open on Saturday?',
    );
    expect(replies[0]).toContain('cancel');
    expect(replies[1]).toContain('On Saturday we are open');
  });

  it('asks twice in other words, then offers a person', async () => {
    const odd = 'What is the capital of France?';
    const replies = await talk(demo, odd, odd, odd, 'Yes please.');
    expect(new Set(replies.slice(0, 3)).size).toBe(3);
    expect(replies[2]).toContain('Shall I get you a person?');
    expect(replies[3]).toContain('Nobody is free right now');
  });

  it('ends the call after saying goodbye', async () => {
    const step = await demoEngine.step(startOfDialogue(null), 'Thank you, goodbye.');
    expect(step).toMatchObject({ action: 'end_call', reply: 'Thank you for calling. Goodbye.' });
  });

  it('says what another version says', async () => {
    const other = structuredClone(demo);
    const address = other.intents.find((intent) => intent.name === 'address');
    if (address) address.reply = 'We moved to 7 Station Road.';
    expect(await talk(other, 'Where is your workshop?')).toEqual(['We moved to 7 Station Road.']);
  });

  it('survives what nobody says', async () => {
    for (const odd of ['', '   ', '{day}', '💥', 'a'.repeat(20_000), '__proto__ constructor']) {
      expect((await demoEngine.step(startOfDialogue(null), odd)).reply).not.toBe('');
    }
  });
});
