/** What is read out of sentences without a model: numbers, addresses, telephone numbers, days and times, moods, fields. */
import { describe, expect, it } from 'vitest';
import { rulesAnalyst } from '../../server/analysis/rules/rules-analyst.js';
import { sentimentOf } from '../../server/analysis/rules/sentiment-of.js';
import { emailsIn } from '../../server/analysis/values/emails-in.js';
import { isoOf, momentsIn } from '../../server/analysis/values/moments-in.js';
import { numbersIn } from '../../server/analysis/values/numbers-in.js';
import { phonesIn } from '../../server/analysis/values/phones-in.js';
import type { AnalysedTurn, AnalysisRequest } from '../../server/domain/ports/analyst.js';
import type { PostCallField } from '../../sdk/wire/agent.js';
import type { Dialogue } from '../../sdk/wire/dialogue.js';

describe('numbers', () => {
  it.each<[string, number[]]>([
    ['It is 427.', [427]],
    ['four two seven', [427]],
    ['twenty five bikes', [25]],
    ['one hundred and twenty, or 1,250.50', [120, 1250.5]],
    ['two thousand and six', [2006]],
    ['three point five', [3.5]],
    ['five hundred', [500]],
    ['That one is fine, thanks.', []],
    ['nothing to count', []],
  ])('in “%s”', (text, found) => {
    expect(numbersIn(text)).toEqual(found);
  });
});

describe('e-mail addresses', () => {
  it.each<[string, boolean, string[]]>([
    ['Write to Ada.L@Example.com.', false, ['ada.l@example.com']],
    ['ada dot lovelace at example dot co dot uk', true, ['ada.lovelace@example.co.uk']],
    ['it is a d a at example dot com', true, ['ada@example.com']],
    ['ada at example dot com', false, []],
    ['I am at home', true, []],
  ])('in “%s”', (text, isAsked, found) => {
    expect(emailsIn(text, isAsked)).toEqual(found);
  });
});

describe('telephone numbers', () => {
  it.each<[string, string, boolean, string[]]>([
    ['Call 020 7946 0958.', 'en-GB', false, ['+442079460958']],
    ['oh two oh seven nine four six oh nine five eight', 'en-GB', false, ['+442079460958']],
    ['plus four nine thirty', 'de', false, []],
    ['it is five double five one two three four', 'en', true, ['5551234']],
    ['five double five one two three four', 'en', false, []],
  ])('in “%s” (%s)', (text, language, isAsked, found) => {
    expect(phonesIn(text, language, isAsked)).toEqual(found);
  });
});

describe('days and times', () => {
  // A Friday, half past eleven in the evening in Berlin.
  const at = new Date('2026-11-27T22:30:00Z');
  it.each<[string, string, string, (string | null)[]]>([
    ['tomorrow at 3 pm', 'Europe/Berlin', 'en', ['2026-11-28T15:00:00+01:00']],
    ['tomorrow at 3 pm', 'Asia/Tokyo', 'en', ['2026-11-29T15:00:00+09:00']],
    [
      'on the first of July at half past two in the afternoon',
      'Europe/Berlin',
      'en',
      ['2027-07-01T14:30:00+02:00'],
    ],
    ['on Tuesday at quarter to ten', 'Europe/Berlin', 'en', ['2026-12-01T09:45:00+01:00']],
    ['on Tuesday at three', 'Europe/Berlin', 'en', ['2026-12-01']],
    ['on Tuesday', 'America/New_York', 'en', ['2026-12-01']],
    ['at 10', 'UTC', 'en', [null]],
    ['I may come', 'UTC', 'en', []],
    ['morgen um 15:30 Uhr', 'Europe/Berlin', 'de', ['2026-11-28T15:30:00+01:00']],
    ['tomorrow at 3 pm', 'UTC', 'tlh', []],
  ])('in “%s” (%s, %s)', (text, zone, language, found) => {
    expect(momentsIn(text, at, zone, language).map((one) => isoOf(one, zone))).toEqual(found);
  });
});

const turn = (index: number, role: AnalysedTurn['role'], content: string, intent?: string) => ({
  id: `t${index}`,
  role,
  content,
  intent: intent ?? null,
  interrupted: false,
  via: 'speech' as const,
  started_at: new Date('2026-11-27T10:00:00Z'),
});
const talk = (...said: [AnalysedTurn['role'], string, string?][]): AnalysedTurn[] =>
  said.map(([role, content, intent], index) => turn(index + 1, role, content, intent));

describe('the mood', () => {
  it.each<[string, string]>([
    ['This is wonderful, thank you so much, excellent!', 'positive'],
    ['This is terrible. I am angry and very disappointed.', 'negative'],
    ['My bike is broken, can you repair it please? Thanks.', 'neutral'],
    ['No, that is not good and not great, you are useless.', 'negative'],
    ['What time do you open?', 'neutral'],
  ])('of “%s” is %s', (text, mood) => {
    expect(sentimentOf(talk(['user', text]), 'en-GB')).toBe(mood);
  });

  it('is not known in other languages, of silence, and never that of the agent', () => {
    expect(sentimentOf(talk(['user', 'Das ist wunderbar']), 'de')).toBe('unknown');
    expect(sentimentOf(talk(['agent', 'Wonderful, excellent!']), 'en')).toBe('unknown');
  });
});

const dialogue: Dialogue = {
  intents: [
    { name: 'book_repair', examples: ['I want a repair'], slots: ['day'], reply: 'Done.' },
    { name: 'opening_hours', examples: ['When do you open?'], reply: 'At nine.' },
  ],
  slots: { day: { type: 'day', ask: 'Which day suits you?' } },
  yes: ['that would be lovely'],
  no: ['rather not'],
  not_understood: ['I did not get that.'],
  offer_person: 'A person?',
  anything_else: 'Anything else?',
};
const field = (
  field_name: string,
  field_type: PostCallField['field_type'],
  more: Partial<PostCallField> = {},
): PostCallField => ({ field_name, field_type, field_description: '', ...more });
const analysed = (
  fields: PostCallField[],
  turns: AnalysedTurn[],
  more: Partial<AnalysisRequest> = {},
) =>
  rulesAnalyst.analyse({
    turns,
    fields,
    language: 'en-GB',
    dialogue: null,
    timeZone: 'Europe/London',
    endReason: null,
    durationMs: null,
    ...more,
  });

describe('fields by rules', () => {
  it('come from slots, intents and answers of the offline dialogue', async () => {
    const turns = talk(
      ['user', 'I would like a repair.', 'book_repair'],
      ['agent', 'Which day suits you?'],
      ['user', 'Friday, I think.'],
      ['agent', 'Shall we insure it?'],
      ['user', 'That would be lovely.'],
      ['user', 'When do you open?', 'opening_hours'],
      ['agent', 'At nine.'],
    );
    const fields = [
      field('day', 'STRING'),
      field('insure', 'BOOLEAN'),
      field('book_repair', 'BOOLEAN'),
      field('reason', 'ENUM', { options: ['book repair', 'complaint'] }),
      field('postcode', 'STRING'),
    ];
    const found = await analysed(fields, turns, { dialogue });
    expect(found.fields).toEqual({
      day: { value: 'Friday', turn_id: 't3' },
      insure: { value: true, turn_id: 't5' },
      book_repair: { value: true, turn_id: 't1' },
      reason: { value: 'book repair', turn_id: 't1' },
    });
    expect(found.success).toBe(true);
    expect(found.summary).toMatch(
      /^The caller spoke 4 times, about book repair and opening hours\./,
    );
  });

  it('is told in sentences that end once, and apart from what was typed', async () => {
    const [hello, price, answer] = talk(
      ['user', 'Hello there'],
      ['user', 'What does it cost?'],
      ['agent', 'That is 15 pounds.'],
    );
    const turns = [hello!, { ...price!, via: 'text' as const }, answer!];
    expect((await analysed([], turns, {})).summary).toBe(
      "The caller spoke once and typed once. It began with “Hello there”. The agent's last words were “That is 15 pounds.”",
    );
  });

  it('are absent where the caller has not said them, or has said two things', async () => {
    const turns = talk(
      ['agent', 'What is your name, and what is your phone number?'],
      ['user', 'I do not know. Is it red or blue? I have two bikes and three locks.'],
      ['agent', 'Do you want insurance?'],
      ['user', 'Well, yes and no.'],
    );
    const fields = [
      field('phone', 'STRING'),
      field('email', 'STRING'),
      field('colour', 'ENUM', { options: ['red', 'blue'] }),
      field('insurance', 'BOOLEAN'),
      field('age', 'NUMBER'),
      field('visit', 'DATETIME'),
      field('caller_name', 'STRING'),
    ];
    expect((await analysed(fields, turns)).fields).toEqual({});
  });

  it('take a name, an answer without what leads to it, and a day and a time from two turns', async () => {
    const turns = talk(
      ['user', 'Hello, my name is Ada Lovelace and I have a bike.'],
      ['agent', 'What is your postcode?'],
      ['user', 'It is SW1A 1AA.'],
      ['agent', 'Which day?'],
      ['user', 'On Monday.'],
      ['agent', 'And what time?'],
      ['user', 'At 2:30 pm.'],
    );
    const fields = [
      field('full_name', 'STRING'),
      field('postcode', 'STRING'),
      field('visit', 'DATETIME'),
    ];
    expect((await analysed(fields, turns)).fields).toEqual({
      full_name: { value: 'Ada Lovelace', turn_id: 't1' },
      postcode: { value: 'SW1A 1AA', turn_id: 't3' },
      visit: { value: '2026-11-30T14:30:00+00:00', turn_id: 't5' },
    });
  });

  it('say that a call failed which ended without having been understood', async () => {
    const turns = talk(
      ['user', 'When do you open?', 'opening_hours'],
      ['user', 'And the flux?'],
      ['agent', 'I did not get that.'],
    );
    expect((await analysed([], turns, { dialogue })).success).toBe(false);
    expect((await analysed([], turns)).success).toBeNull();
    const cut = talk(['user', 'When do you open?', 'opening_hours'], ['agent', 'At']);
    expect((await analysed([], cut, { dialogue })).success).toBe(true);
    const left = cut.map((said) => ({ ...said, interrupted: said.role === 'agent' }));
    expect((await analysed([], left, { dialogue })).success).toBeNull();
  });
});
