/** Calls as they go well, of many kinds: nothing stands out in them. */
import { describe, expect, it } from 'vitest';
import { explainCall } from '../../../server/domain/explanation/explain-call.js';
import { NEWEST, at, event, goodConnection, shownCall, turn } from '../../console/call-fixture.js';
import type { ShownCall, VersionFacts } from '../../../server/domain/explanation/observed.js';

const JOINED = 820;
type Turn = ShownCall['transcript'][number];

/** A line of a script: who, what, and how long the pause before it is, in ms. */
type Line = [role: 'user' | 'agent', content: string, pause: number, changes?: Partial<Turn>];

/** Speaks at 65 ms a letter. */
function spoken(lines: readonly Line[]): Turn[] {
  let clock = 0;
  return lines.map(([role, content, pause, changes = {}], index) => {
    const start = clock + pause;
    const length = changes.via === 'text' ? 0 : content.length * 65;
    clock = start + length;
    const measured: Partial<Turn> = role === 'user' ? { confidence: 0.9 } : {};
    return { ...turn(`t${index}`, role, content, start), end_ms: clock, ...measured, ...changes };
  });
}

/** Hung up a moment after the last word. */
function callOf(lines: readonly Line[], changes: Partial<ShownCall> = {}): ShownCall {
  const transcript = spoken(lines);
  const length = Math.max(1_000, ...transcript.map(({ end_ms }) => end_ms)) + 900;
  const base = shownCall();
  return {
    ...base,
    transcript,
    ended_at: at(JOINED + length),
    duration_ms: length,
    recording: { ...base.recording, offset_ms: 120, duration_ms: length - 900 },
    timeline: base.timeline.map((row) =>
      row.type === 'call_ended' ? { ...row, at: at(JOINED + length) } : row,
    ),
    ...changes,
  };
}

const offline = { transcriber: 'offline', llm: null, voice: null };
const byModel = { transcriber: null, llm: 'offline', voice: 'offline' };

const workshop: Line[] = [
  ['agent', 'Hello, this is the bicycle workshop. How can I help you?', 900],
  [
    'user',
    'When are you open on Saturday?',
    1_400,
    { intent: 'opening_hours', providers: offline },
  ],
  [
    'agent',
    'On Saturday we are open from 10 in the morning until 4 in the afternoon.',
    800,
    { intent: 'opening_hours', providers: byModel },
  ],
  ['user', 'And how much is a full service?', 2_500, { intent: 'price', providers: offline }],
  ['agent', 'A full service is 75 pounds.', 900, { providers: byModel }],
  ['user', 'Hm, what about the thing.', 3_000, { intent: null, providers: offline }],
  [
    'agent',
    'Sorry, I did not get that. Could you say it in other words?',
    800,
    { providers: byModel },
  ],
  ['user', 'Can I book a repair for Monday?', 2_000, { intent: 'book', providers: offline }],
  ['agent', 'Monday it is. Shall I put you down?', 900, { providers: byModel, interrupted: true }],
  ['user', 'Yes.', -300, { intent: 'yes', providers: offline }],
  ['agent', 'You are booked for Monday.', 700, { providers: byModel }],
  ['user', 'Thank you, goodbye.', 1_300, { intent: 'goodbye', providers: offline }],
  ['agent', 'Thank you for calling. Goodbye.', 800, { providers: byModel }],
];

/** Nothing is recorded of it. */
const writtenOnly: Partial<ShownCall> = {
  route: { ...shownCall().route, text_only: true },
  recording: { ...shownCall().recording, status: 'none', offset_ms: null, duration_ms: null },
};

const CALLS: Record<string, { call: ShownCall; version?: Partial<VersionFacts> }> = {
  'a visitor of the workshop, who cuts in once and is once not understood': {
    call: callOf(workshop),
  },
  'one who types': {
    call: callOf([
      ['agent', 'Hello. How can I help you?', 600],
      ['user', 'my order is 4711', 6_000, { via: 'text', confidence: null }],
      ['agent', 'Your order left yesterday.', 1_200],
      ['user', 'thanks', 5_000, { via: 'text', confidence: null }],
      ['agent', 'You are welcome. Goodbye.', 1_100],
    ]),
  },
  'one that is typed only, of a visitor who takes any time, and leaves without a word': {
    call: callOf(
      [
        ['agent', 'Hello. How can I help you?', 600, { via: 'text' }],
        ['user', 'my order is 4711', 26_000, { via: 'text', confidence: null }],
        ['agent', 'Your order left yesterday.', 400, { via: 'text' }],
        ['user', 'thanks', 50_000, { via: 'text', confidence: null }],
        ['agent', 'You are welcome. Goodbye.', 300, { via: 'text' }],
      ],
      writtenOnly,
    ),
  },
  'one that is typed only, in which nothing was typed': {
    call: callOf(
      [
        ['agent', 'Hello. How can I help you?', 600, { via: 'text' }],
        ['agent', 'Are you still there?', 20_000, { via: 'text' }],
      ],
      { ...writtenOnly, end_reason: 'silence_timeout' },
    ),
  },
  'one whose agent joined, and took a while to begin': {
    call: callOf(
      [
        ['agent', 'Hello. How can I help you?', 3_900],
        ['user', 'I am only trying this out.', 1_200],
        ['agent', 'Then have a nice day.', 900],
      ],
      { recording: { ...shownCall().recording, offset_ms: 3_800, duration_ms: 6_000 } },
    ),
  },
  'one that the caller opens': {
    call: callOf(
      [
        ['user', 'Hello? Is this the surgery?', 5_200],
        ['agent', 'It is. What can I do for you?', 1_900],
        ['user', 'I would like to move my appointment to Friday, please.', 700],
        ['agent', 'Friday at ten?', 1_600],
        ['user', 'Friday at ten is perfect, thank you.', 500],
        ['agent', 'Done. See you on Friday.', 1_400],
      ],
      { end_reason: 'user_disconnected' },
    ),
    version: { agent_speaks_first: false },
  },
  'one with a function that takes its time, with a holding message': {
    call: callOf(
      [
        ['agent', 'Good morning. What is your ticket number?', 700],
        ['user', 'four seven one one', 1_500],
        ['agent', 'One moment, I am looking.', 1_100],
        ['agent', 'Your bicycle is ready.', 4_500],
        ['user', 'Great.', 600],
        ['agent', 'Goodbye.', 900],
      ],
      {
        functions: [
          {
            id: 'fn_1',
            name: 'find_ticket',
            at: at(7_000),
            at_ms: 6_180,
            arguments: { ticket: 4711 },
            answer: { state: 'ready' },
            latency_ms: 3_900,
            ok: true,
            error: null,
            source: 'version',
          },
        ],
      },
    ),
  },
  'one of an agent of somebody else, heard in the room, that measured nothing': {
    call: callOf(
      workshop.map(([role, content, pause, { interrupted = false } = {}]) => [
        role,
        content,
        Math.max(0, pause),
        { interrupted, source: 'room', confidence: null },
      ]),
      {
        recording: { ...shownCall().recording, status: 'none', duration_ms: null, offset_ms: null },
      },
    ),
  },
  'one who speaks before the agent is there': {
    call: callOf(
      [
        ['user', 'What time do you open on Saturday?', 400],
        ['agent', 'On Saturday we are open from 10.', 3_200],
      ],
      { answered_at: at(JOINED + 3_300), end_reason: 'user_disconnected' },
    ),
  },
  'one that stores nothing': {
    call: callOf([], {
      ended_at: at(JOINED + 90_000),
      duration_ms: 90_000,
      end_reason: 'user_disconnected',
      recording: { ...shownCall().recording, status: 'none', duration_ms: null, offset_ms: null },
    }),
    version: { keeps_words: false },
  },
  'one that a backend ended after a pause': {
    call: callOf(
      [
        ['agent', 'Hello.', 2_700],
        ['user', 'Wait, please.', 700],
        ['agent', 'Of course.', 2_400],
        ['user', 'Here I am again.', 7_500],
        ['agent', 'Good.', 2_900],
      ],
      { end_reason: 'terminated_by_api' },
    ),
  },
  'one of yesterday’s version, that was the newest then': {
    call: callOf(workshop),
    version: { newest_then: 3, newest_now: 4 },
  },
  'one whose connection was mediocre': {
    call: callOf(workshop, {
      client: {
        timeline: [],
        reported_at: at(30_000),
        connection: {
          ...goodConnection,
          rtt_ms: { p50: 180, p90: 350, max: 900 },
          jitter_ms: { p50: 8, p90: 20, max: 60 },
          packet_loss_percent: { p50: 1, p90: 3.9, max: 12 },
          candidate_type: 'relay',
          samples: 9,
        },
      },
    }),
  },
  'one whose page was reloaded by the agent’s framework: the same agent came back': {
    call: callOf(workshop, {
      timeline: [
        ...shownCall().timeline,
        event('ev_8', 'agent_left', 9_000, 'agent', null, {}),
        event('ev_9', 'agent_returned', 9_900, 'agent', null, {}),
      ].map((row) =>
        row.type.startsWith('agent_') ? { ...row, detail: { identity: 'agent-AJ_1' } } : row,
      ),
    }),
  },
  'one that goes on': {
    call: callOf(workshop.slice(0, 3), {
      status: 'received',
      end_reason: null,
      ended_at: null,
      duration_ms: null,
      recording: { ...shownCall().recording, status: 'recording' },
    }),
  },
  'one that has only been created': {
    call: {
      ...callOf([]),
      status: 'created',
      end_reason: null,
      started_at: null,
      answered_at: null,
      ended_at: null,
      duration_ms: null,
      participants: [],
      recording: { ...shownCall().recording, status: 'none', duration_ms: null, offset_ms: null },
    },
  },
};

describe('a good call', () => {
  it.each(Object.keys(CALLS))('%s has no findings', (name) => {
    const { call, version } = CALLS[name]!;
    const told = explainCall(call, { ...NEWEST, ...version }, 'en');
    expect(told.findings).toEqual([]);
    expect(told.sentences.length).toBeGreaterThanOrEqual(3);
    expect(told.sentences.length).toBeLessThanOrEqual(8);
    for (const sentence of told.sentences) expect(sentence).toMatch(/^[A-Z“].*\.$/);
  });
});
