/** The analysis after a call without a model, by the front door: what the record says, when, and how often it is tried. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalyst } from '../../server/analysis/create-analyst.js';
import { realApp } from '../support/real-app.js';
import { publishedAgent, spokenCall } from '../support/spoken-call.js';
import type { RealApp } from '../support/real-app.js';

const rules = createAnalyst(null);
/** What the analyst is made to do, until a test changes it. */
let analyse = rules.analyse;
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
});
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

  it('waits some seconds for the last words of an agent that has told no outcome', async () => {
    const { callId } = await spokenCall(real, asked, { agent_id: desk, isOutcomeTold: false });
    await real.domain.afterCalls();
    expect((await real.readCall(callId)).analysis.status).toBe('queued');
    real.clock.at += 5_000;
    await real.domain.afterCalls();
    expect((await real.readCall(callId)).analysis.status).toBe('completed');
  });

  it('is made anew when a turn is told late', async () => {
    const { callId, jobToken } = await spokenCall(real, asked, { agent_id: desk });
    await real.domain.afterCalls();
    const at = new Date(real.clock.at).toISOString();
    const turn = { turn_id: 'late', role: 'user', content: 'My ticket is 12.' } as const;
    await real.domain.reportEvents(callId, jobToken, [
      { seq: 100, type: 'turn', ...turn, started_at: at, ended_at: at },
    ]);
    real.clock.at += 5_000;
    await real.domain.afterCalls();
    const { analysis } = await real.readCall(callId);
    expect(analysis.fields['ticket_number']).toEqual({ value: 12, turn_id: 'late' });
  });

  it('is none for a call without words, and for one of which nothing may be stored', async () => {
    const silent = await spokenCall(real, [], { agent_id: desk });
    const secretive = await publishedAgent(real, {
      prompt: 'Be kind.',
      opt_out_sensitive_data_storage: true,
    });
    const unstored = await spokenCall(real, asked, { agent_id: secretive });
    expect((await real.readCall(unstored.callId)).analysis.status).toBe('none');
    await real.domain.afterCalls();
    for (const { callId } of [silent, unstored]) {
      const call = await real.readCall(callId);
      expect(call.analysis).toMatchObject({ status: 'none', method: null, fields: {} });
      expect(call).toMatchObject({ summary: null, sentiment: 'unknown', json_output: null });
    }
    const again = await real.api('POST', `/v1/calls/${unstored.callId}/analyze`);
    expect([again.status, again.body]).toMatchObject([409, { code: 'conflict' }]);
  });

  it('leaves nothing on a call that is erased while it is at work', async () => {
    const { callId } = await spokenCall(real, asked, { agent_id: desk });
    analyse = async (request) => {
      await real.store.changeCall(callId, () => ({ changes: { sensitive_delete: true } }));
      return rules.analyse(request);
    };
    await real.domain.afterCalls();
    analyse = rules.analyse;
    const { summary, json_output, analysis } = await real.readCall(callId);
    expect([summary, json_output, analysis.fields]).toEqual([null, null, {}]);
    expect(analysis.status).toBe('none');
  });
});

describe('the work after calls', () => {
  it('is done once by however many processes', async () => {
    const made: string[] = [];
    analyse = (request) => {
      made.push(request.turns[1]?.content ?? '');
      return rules.analyse(request);
    };
    const said = Array.from({ length: 5 }, (_, n) => `Ticket ${n}.`);
    for (const words of said) {
      await spokenCall(real, [...asked.slice(0, 1), ['user', words]], { agent_id: desk });
    }
    await Promise.all([real.domain.afterCalls(), real.domain.afterCalls()]);
    analyse = rules.analyse;
    expect(made.sort()).toEqual(said);
  });

  it('is taken over when a process dies with it, and what that one still writes is lost', async () => {
    const { callId } = await spokenCall(real, asked, { agent_id: desk });
    const found = await rules.analyse({
      turns: [],
      fields: [],
      language: 'en',
      dialogue: null,
      timeZone: 'UTC',
      endReason: null,
      durationMs: null,
    });
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isAsked = (): void => undefined;
    const begun = new Promise<void>((resolve) => (isAsked = resolve));
    analyse = async () => {
      isAsked();
      await held;
      return { ...found, summary: 'Of a process that was thought dead.' };
    };
    const hanging = real.domain.afterCalls();
    await begun;
    analyse = rules.analyse;
    await real.domain.afterCalls();
    expect((await real.readCall(callId)).analysis.status).toBe('queued');
    real.clock.at += 181_000;
    await real.domain.afterCalls();
    const { summary } = await real.readCall(callId);
    expect(summary).toMatch(/The caller spoke/);
    release();
    await hanging;
    expect((await real.readCall(callId)).summary).toBe(summary);
  });

  it('is begun again when somebody asks, for one call or for a page of a filter', async () => {
    const { callId } = await spokenCall(real, asked, { agent_id: desk });
    await real.domain.afterCalls();
    const first = (await real.readCall(callId)).analysis.completed_at;
    real.clock.at += 60_000;
    const one = await real.api('POST', `/v1/calls/${callId}/analyze`);
    expect([one.status, one.body]).toEqual([202, { call_id: callId, status: 'queued' }]);
    const before = await real.readCall(callId);
    expect(before.analysis).toMatchObject({ status: 'queued', completed_at: first });
    await real.domain.afterCalls();
    expect((await real.readCall(callId)).analysis.completed_at).not.toBe(first);

    const path = `/v1/calls/analyze?agent_id=${desk}&limit=2`;
    const page = (await real.api('POST', path)).body as { data: string[]; next_cursor: string };
    expect(page.data).toHaveLength(2);
    const next = await real.api('POST', `${path}&cursor=${page.next_cursor}`);
    expect((next.body as typeof page).data.some((id) => page.data.includes(id))).toBe(false);
    await real.domain.afterCalls();
    const queued = await real.api('GET', '/v1/calls?analysis=queued');
    expect(queued.body).toMatchObject({ data: [] });
  });

  it('is refused for a call that goes on, one that is not there, and filters that are none', async () => {
    const { body: open } = await real.createCall();
    const status = async (path: string) => (await real.api('POST', `/v1/calls/${path}`)).status;
    expect(await status(`${open.call_id}/analyze`)).toBe(409);
    expect(await status('call_unknown/analyze')).toBe(404);
    expect(await status('analyze?colour=red')).toBe(400);
    expect(await status('analyze?limit=201')).toBe(400);
    expect(await status('analyze?analysis=maybe')).toBe(400);
    const { page } = real;
    const byPage = await real.api('POST', `/v1/calls/${open.call_id}/analyze`, undefined, page);
    expect(byPage.status).toBe(403);
  });
});

describe('what a caller may say', () => {
  const hostile: [string, string][] = [
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(2)>'],
    ['controls that turn text around', 'abc \u202egnp.exe\u202c \u200b\u2066x\u2069'],
    ['half a character', 'half \ud83d of one'],
    ['as much as a turn holds', `email ${'at dot '.repeat(2_800)}`],
    ['numbers without end', '9'.repeat(19_000)],
    [
      'what patterns stumble over',
      `${'a.'.repeat(3_000)}@${'-.'.repeat(2_000)} ${'half past '.repeat(900)}`,
    ],
  ];
  it.each(hostile)('(%s) changes nothing but words', async (_name, words) => {
    const question = asked[2] ?? ['agent', ''];
    const many = Array.from({ length: 6 }, (): [typeof question, ['user', string]] => [
      question,
      ['user', words],
    ]);
    const { callId } = await spokenCall(real, many.flat(), { agent_id: desk });
    const started = performance.now();
    await real.domain.afterCalls();
    expect(performance.now() - started).toBeLessThan(5_000);
    const { analysis, summary, json_output } = await real.readCall(callId);
    expect(analysis).toMatchObject({ status: 'completed', error: null });
    expect(summary?.length).toBeLessThan(2_001);
    expect(JSON.stringify([summary, json_output])).not.toMatch(/[\p{Cf}\ud800-\udfff]/u);
  });
});
