/** The analysis after a call without a model, by the front door: what the record says, when, and how often it is tried. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyst } from '../../server/analysis/create-analyst.js';
import { realApp } from '../support/real-app.js';
import { publishedAgent, spokenCall } from '../support/spoken-call.js';
import type { RealApp } from '../support/real-app.js';

const rules = createAnalyst(null);
/** What the analyst is made to do, until a test changes it. */
const analyse = rules.analyse;
let real: RealApp;
let desk: string;
beforeAll(async () => {
  real = await realApp({}, { analyst: { analyse: (request) => analyse(request) } });
  desk = await publishedAgent(real, {
    prompt: 'Be kind.',
    language: 'en-GB',
    post_call_analysis: [
      { field_name: 'ticket_number', field_type: 'NUMBER', field_description: 'The ticket.' },
      { field_name: 'email', field_type: 'STRING', field_description: 'Where to write to.' },
      { field_name: 'bring_in', field_type: 'DATETIME', field_description: 'When it is brought.' },
      {
        field_name: 'urgency',
        field_type: 'ENUM',
        field_description: 'How urgent it is.',
        options: ['low', 'high'],
      },
      { field_name: 'insured', field_type: 'BOOLEAN', field_description: 'Insured or not.' },
      { field_name: 'colour', field_type: 'STRING', field_description: 'The colour.' },
    ],
  });
}, 120_000);
afterAll(() => real.close());

const SAID = [
  ['agent', 'Hello, this is the workshop. What is your ticket number?'],
  ['user', 'It is four two seven.'],
  ['agent', 'And your email address?'],
  ['user', 'ada dot lovelace at example dot com'],
  ['agent', 'Is the bike insured?'],
  ['user', 'No, it is not.'],
  [
    'user',
    'Thank you, that was wonderful, really excellent! I will bring it in tomorrow at 2:30 pm.',
  ],
] as const;
const asked = SAID.map(([role, content]) => [role, content] as [typeof role, string]);

describe('the analysis after a call', () => {
  it('is queued with the end, made within seconds, and tells which turn each value comes from', async () => {
    const { callId } = await spokenCall(real, asked, {
      agent_id: desk,
      time_zone: 'Europe/Berlin',
    });
    const before = await real.readCall(callId);
    expect(before.analysis).toMatchObject({ status: 'queued', method: null });
    await real.domain.afterCalls();
    const call = await real.readCall(callId);
    expect(call.analysis).toMatchObject({ status: 'completed', method: 'rules', error: null });
    expect(call.sentiment).toBe('positive');
    expect(call.summary).toMatch(/The caller spoke 4 times\./);
    expect(call.analysis.fields).toEqual({
      ticket_number: { value: 427, turn_id: 't2' },
      email: { value: 'ada.lovelace@example.com', turn_id: 't4' },
      insured: { value: false, turn_id: 't6' },
      bring_in: { value: expect.stringMatching(/T14:30:00\+0[12]:00$/) as string, turn_id: 't7' },
    });
    expect(call.json_output).toEqual({
      ticket_number: 427,
      email: 'ada.lovelace@example.com',
      insured: false,
      bring_in: call.analysis.fields['bring_in']?.value,
    });
    expect(call.route.time_zone).toBe('Europe/Berlin');
  });
});
