/** What the workshop's front desk understands and says, sentence by sentence. */
import { describe, expect, it } from 'vitest';
import { createDialogue } from '../../../server/agent/offline/dialogue/create-dialogue.js';
import { startOfDialogue } from '../../../server/agent/offline/dialogue/dialogue-state.js';
import { readDemoAgent } from '../../../server/demo/demo-agent.js';
import { dialogue as dialogueSchema } from '../../../server/http/schemas/dialogue.js';
import { plainWords, withDigits } from '../../../server/agent/offline/dialogue/normalize.js';
import { HELD_OUT, OFF_TOPIC, SPOKEN } from './held-out-sentences.js';
import unseen from './unseen-sentences.json' with { type: 'json' };
import type { Dialogue } from '../../../sdk/wire/dialogue.js';

const demo = readDemoAgent().settings.dialogue as Dialogue;

/** Says one sentence after the other and answers what came back each time. */
function talk(data: Dialogue, ...sentences: string[]): string[] {
  const engine = createDialogue(data);
  let state = startOfDialogue('Hello, how can I help you?');
  return sentences.map((sentence) => {
    const step = engine.step(state, sentence);
    state = step.state;
    return step.reply;
  });
}

const demoEngine = createDialogue(demo);

function intentOf(sentence: string): string | null {
  return demoEngine.step(startOfDialogue(null), sentence).intent;
}

/** What is taken for something else than it means. */
function mistaken(sentences: readonly (readonly [string, string | null])[]): string[] {
  return sentences
    .filter(([sentence, intent]) => intentOf(sentence) !== intent)
    .map(([sentence, intent]) => `${sentence} → ${intentOf(sentence)} instead of ${intent}`);
}

describe('the demo dialogue', () => {
  it('is data that the publish route accepts', () => {
    expect(dialogueSchema.safeParse(demo).error).toBeUndefined();
  });

  it('takes at least 95 in 100 held-out sentences for what they mean', () => {
    const wrong = mistaken(HELD_OUT);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(Math.floor(HELD_OUT.length * 0.05));
  });

  it('takes at least 95 in 100 sentences that nobody had seen who wrote its examples for what they mean', () => {
    const wrong = mistaken(unseen as [string, string | null][]);
    expect(unseen.length).toBe(200);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(unseen.length * 0.05);
  });

  it('does as well without the examples that the spoken callers say word for word', () => {
    const said = [...Object.values(SPOKEN), ...HELD_OUT];
    const plain = (sentence: string): string => withDigits(plainWords(sentence)).join(' ');
    const verbatim = new Set(said.map(([sentence]) => plain(sentence)));
    const without = structuredClone(demo);
    for (const intent of without.intents) {
      intent.examples = intent.examples.filter((example) => !verbatim.has(plain(example)));
    }
    const engine = createDialogue(without);
    const wrong = said.filter(
      ([sentence, intent]) => engine.step(startOfDialogue(null), sentence).intent !== intent,
    );
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(Math.floor(said.length * 0.05));
  });

  it.each(OFF_TOPIC)('does not take "%s" for anything it knows', (sentence) => {
    expect(intentOf(sentence)).toBeNull();
  });

  it('understands what is hardly like an example when it names the business', () => {
    expect(intentOf('How many bucks for swapping out two brake cables?')).toBe('price');
    expect(intentOf('How many bucks for swapping out two light bulbs?')).toBeNull();
  });

  it.each(['Friday afternoon.', 'On Tuesday, please.', 'It is for Monday.', 'Tomorrow at nine.'])(
    'takes "%s" for an answer while it asks for a day',
    (answer) => {
      const [, reply] = talk(demo, 'I need an appointment.', answer);
      expect(reply).toMatch(/what time|Is that correct/);
    },
  );

  it('answers with the day that was asked for', () => {
    expect(talk(demo, 'Are you open on Sunday?')).toEqual(['On Sunday we are closed.']);
  });

  it('books: asks for what is missing, reads back, confirms', () => {
    const replies = talk(
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

  it('changes what was read back wrongly', () => {
    const replies = talk(
      demo,
      'I would like to book a repair for Friday at three o clock.',
      'No, that is wrong.',
      'Thursday at ten.',
      'Yes.',
    );
    expect(replies[2]).toContain('on Thursday at 10 o clock');
    expect(replies[3]).toContain('booked for Thursday');
  });

  it('takes a correction without a no', () => {
    const [, corrected] = talk(demo, 'Book a repair for Friday at three.', 'On Monday, please.');
    expect(corrected).toContain('on Monday at 3 o clock');
  });

  it('books no day on which it is closed, and keeps the time', () => {
    const replies = talk(demo, 'Book a repair for Sunday at three.', 'Then on Monday.');
    expect(replies[0]).toMatch(/sunday we are closed/i);
    expect(replies[1]).toContain('on Monday at 3 o clock');
    const other = structuredClone(demo);
    for (const intent of other.intents) delete intent.refuse;
    expect(talk(other, 'Book a repair for Sunday at three.')[0]).toContain('on Sunday at 3');
  });

  it('says a day as people do', () => {
    expect(talk(demo, 'Book a repair for tomorrow at ten.')).toEqual([
      'So that is a repair tomorrow at 10 o clock. Is that correct?',
    ]);
  });

  it.each([
    ['Book a repair for two bikes on Friday.', null],
    ['Book a repair for Friday at three.', '3 o clock'],
    ['Book a repair at two on Friday, please.', '2 o clock'],
    ['Book a repair for Friday for three, please.', '3 o clock'],
    ['Book a repair for Friday at a quarter to three.', 'quarter to 3'],
    ['Book a repair for Friday at ten to four.', '10 to 4'],
    ['Book a repair for Friday at ten past four.', '4 10'],
    ['Book a repair for Friday at half past two.', 'half past 2'],
    ['Book a repair for Friday at two in the afternoon.', '2 o clock'],
    ['Book a repair for Friday at 3 p.m.', '3 p m'],
    ['Book a repair for Friday at 10:30.', '10 30'],
    ['Book a repair for Friday at nine thirty.', '9 30'],
    ['Book a repair for Friday at noon.', '12 o clock'],
    ['Book a repair for my two bikes on Friday at nine.', '9 o clock'],
  ])('hears in "%s" the time %s', (sentence, time) => {
    const [reply] = talk(demo, sentence);
    if (time === null) expect(reply).toContain('what time');
    else expect(reply).toContain(` at ${time}. Is that correct?`);
  });

  it('finds a repair by its ticket, however the number is said', () => {
    expect(talk(demo, 'Is my bike ready?', 'Four two seven nine.')[1]).toContain('is ready');
    expect(talk(demo, 'Is my bike ready? The ticket number is 4279.')[0]).toContain('is ready');
    expect(talk(demo, 'Is my bike ready?', 'Nine nine nine nine.')[1]).toContain('can not find');
  });

  it('says the last answer again', () => {
    const [address, again] = talk(demo, 'Where is your workshop?', 'Can you say that again?');
    expect(again).toBe(address);
  });

  it('repeats a question in the middle of a booking without losing it', () => {
    const replies = talk(demo, 'I need an appointment.', 'What did you say?', 'Monday', 'at nine');
    expect(replies[1]).toBe(replies[0]);
    expect(replies[3]).toContain('on Monday at 9 o clock');
  });

  it('leaves a question open for another one that names a day too', () => {
    const replies = talk(
      demo,
      'I want to cancel my appointment on Friday.',
      'What time do you open on Saturday?',
    );
    expect(replies[0]).toContain('cancel');
    expect(replies[1]).toContain('On Saturday we are open');
  });

  it('asks twice in other words, then offers a person', () => {
    const odd = 'What is the capital of France?';
    const replies = talk(demo, odd, odd, odd, 'Yes please.');
    expect(new Set(replies.slice(0, 3)).size).toBe(3);
    expect(replies[2]).toContain('Shall I get you a person?');
    expect(replies[3]).toContain('Nobody is free right now');
  });

  it('ends the call after saying goodbye', () => {
    const step = createDialogue(demo).step(startOfDialogue(null), 'Thank you, goodbye.');
    expect(step).toMatchObject({ action: 'end_call', reply: 'Thank you for calling. Goodbye.' });
  });

  it('says what another version says', () => {
    const other = structuredClone(demo);
    const address = other.intents.find((intent) => intent.name === 'address');
    if (address) address.reply = 'We moved to 7 Station Road.';
    expect(talk(other, 'Where is your workshop?')).toEqual(['We moved to 7 Station Road.']);
  });

  it('survives what nobody says', () => {
    const engine = createDialogue(demo);
    for (const odd of ['', '   ', '{day}', '💥', 'a'.repeat(20_000), '__proto__ constructor']) {
      expect(engine.step(startOfDialogue(null), odd).reply).not.toBe('');
    }
  });
});
