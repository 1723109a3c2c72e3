/** Every finding by a call that proves it, by nothing else; and good calls, which prove none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../../../server/domain/explanation/finding-rules.js';
import { explainCall } from '../../../server/domain/explanation/explain-call.js';
import { LANGUAGE_CODES } from '../../../server/domain/explanation/texts/languages.js';
import { root } from '../../structure/source-files.js';
import { NEWEST, at, event, goodConnection, shownCall, turn } from '../../console/call-fixture.js';
import type { FindingCode } from '../../../server/domain/explanation/finding-rules.js';
import type { ShownCall, VersionFacts } from '../../../server/domain/explanation/observed.js';

/** Milliseconds between the creation of the call and its start. */
const JOINED = 820;

interface Case {
  call: Partial<ShownCall>;
  version?: Partial<VersionFacts>;
  text: string;
  at_ms?: number | null;
}

/** Ended after so many ms. */
const lasting = (ms: number, end_reason: ShownCall['end_reason'] = 'user_disconnected') => ({
  end_reason,
  ended_at: at(JOINED + ms),
  duration_ms: ms,
  recording: { ...shownCall().recording, offset_ms: 0, duration_ms: ms },
});
/** Nothing stands out in it. */
const good = shownCall(lasting(17_000, 'agent_disconnected'));
const talk = (...turns: ShownCall['transcript']): Partial<ShownCall> => ({ transcript: turns });
const happened = (...events: ShownCall['timeline']): ShownCall['timeline'] => [
  ...good.timeline,
  ...events,
];
const called = (ok: boolean, error: string | null): ShownCall['functions'][number] => ({
  id: `fn_${String(ok)}`,
  name: 'book_repair',
  at: at(JOINED + 9_000),
  at_ms: 9_000,
  arguments: { day: 'Monday' },
  answer: null,
  latency_ms: 840,
  ok,
  error,
  source: 'version',
});
const party = (name: string): ShownCall['transfers'][number]['to'] => ({
  agent_id: `agent_${name}`,
  agent_version_id: 'av_2',
  agent_version_number: 1,
  agent_name: name,
});
const connection = (
  figures: Partial<NonNullable<NonNullable<ShownCall['client']>['connection']>>,
): ShownCall['client'] => ({
  timeline: [{ type: 'microphone_granted', at_ms: -400, detail: {} }],
  reported_at: at(60_000),
  connection: { ...goodConnection, ...figures },
});
const latency = (total_ms: number, stages = {}): ShownCall['transcript'][number]['latency'] => ({
  end_of_turn_ms: 430,
  stt_ms: 120,
  llm_ms: 300,
  tts_ms: 100,
  total_ms,
  ...stages,
});
const offline = { transcriber: null, llm: 'offline', voice: 'offline' };
const hello = turn('t1', 'agent', 'Hello, this is Wheel & Spoke. How can I help you?', 700);
const ask = turn('t2', 'user', 'When are you open on Saturday?', 5_200, { confidence: 0.93 });
const answer = turn('t3', 'agent', 'On Saturdays we are open from nine to two.', 7_900);
const failure = (provider: string): ShownCall['timeline'][number] =>
  event('ev_9', 'provider_failed', JOINED + 5_000, 'agent', null, {
    part: 'llm',
    provider,
    error: 'HTTP 503',
  });

const CASES: Record<FindingCode, Case> = {
  slow_answer: {
    call: {
      ...lasting(20_000),
      ...talk(hello, ask, {
        ...answer,
        start_ms: 12_600,
        end_ms: 15_000,
        latency: latency(5_400, { llm_ms: 4_600 }),
      }),
    },
    text: '1 of 1 answer came late, the slowest after 5.4 s, of which the language model took 4.6 s.',
    at_ms: 12_600,
  },
  talk_over: {
    call: {
      ...lasting(16_000),
      ...talk(hello, { ...ask, end_ms: 11_000 }, { ...answer, start_ms: 7_500, end_ms: 12_000 }),
    },
    text: 'Caller and agent spoke at the same time once, for up to 3.5 s.',
    at_ms: 7_500,
  },
  agent_cut_off: {
    call: {
      ...lasting(16_000),
      ...talk({ ...hello, interrupted: true }, ask, { ...answer, interrupted: true }),
    },
    text: 'The caller cut off 2 of 2 turns of the agent.',
    at_ms: 700,
  },
  caller_repeats: {
    call: {
      ...lasting(18_000),
      ...talk(hello, ask, answer, turn('t4', 'user', 'when are you open on Saturday', 11_000)),
    },
    text: 'The caller said the same thing again once: “when are you open on Saturday”.',
    at_ms: 11_000,
  },
  not_understood: {
    call: {
      ...lasting(22_000),
      ...talk(
        hello,
        ask,
        { ...answer, content: 'Sorry, I did not get that.', providers: offline },
        turn('t4', 'user', 'The thing with the wheel', 11_000),
        turn('t5', 'agent', 'What would you like to know?', 13_800, { providers: offline }),
      ),
    },
    text: '2 turns of the caller in a row were not understood, from “When are you open on Saturday?”.',
    at_ms: 5_200,
  },
  long_silence: {
    call: {
      ...lasting(26_000, 'silence_timeout'),
      ...talk(hello, ask, answer),
    },
    text: "Nobody spoke for 16 s, and it was the caller's turn.",
    at_ms: 9_900,
  },
  microphone_silent: {
    call: {
      ...lasting(20_000),
      ...talk(
        hello,
        turn('t2', 'agent', 'Are you there?', 9_000),
        turn('t3', 'agent', 'Hm.', 17_000),
      ),
    },
    text: 'Nothing of the caller was heard in 19 s.',
    at_ms: null,
  },
  low_confidence: {
    call: {
      ...lasting(16_000),
      ...talk(
        hello,
        { ...ask, confidence: 0.31 },
        answer,
        turn('t4', 'user', 'Wednesday puncture', 11_000, { confidence: 0.44 }),
      ),
    },
    text: '2 of 2 turns of the caller were recognised with little confidence, one with 31 %: “When are you open on Saturday?”.',
    at_ms: 5_200,
  },
  packet_loss: {
    call: { client: connection({ packet_loss_percent: { p50: 3.25, p90: 8, max: 20 } }) },
    text: "The caller's device lost 3.3 % of the packets at the median and 8 % at bad moments.",
  },
  slow_connection: {
    call: { client: connection({ rtt_ms: { p50: 480, p90: 700, max: 900 } }) },
    text: "A round trip between the caller's device and the media server took 480 ms at the median and 700 ms at bad moments.",
  },
  missing_variable: {
    call: talk({ ...hello, content: 'Hello {{ first_name | upcase }}, how are you?' }, ask, answer),
    text: 'The agent spoke a placeholder literally once: “{{first_name}}” had no value.',
    at_ms: 700,
  },
  function_failed: {
    call: { functions: [called(true, null), called(false, 'HTTP 500')] },
    text: '1 of 2 function calls failed, first “book_repair”: “HTTP 500”.',
    at_ms: 9_000,
  },
  agent_late: {
    call: {
      ...lasting(20_000),
      ...talk(
        { ...hello, start_ms: 6_200, end_ms: 8_200 },
        { ...ask, start_ms: 9_000, end_ms: 11_000 },
        { ...answer, start_ms: 12_000, end_ms: 14_000 },
      ),
    },
    text: 'The caller waited 6.2 s for the first sign of the agent.',
    at_ms: 0,
  },
  agent_twice: {
    call: {
      timeline: happened(
        event('ev_8', 'agent_left', JOINED + 9_000, 'agent', null, { cause: 'system_failure' }),
        event('ev_9', 'agent_returned', JOINED + 11_000, 'agent', null, { identity: 'agent-AJ_2' }),
      ),
    },
    text: 'Two agents took part in the call: one followed the other, or both spoke.',
    at_ms: 11_000,
  },
  left_before_greeting: {
    call: { ...lasting(1_900), ...talk() },
    text: 'The caller left after 1.9 s, before the agent had said a word.',
    at_ms: 1_900,
  },
  consent_missing: {
    call: { consent: null },
    text: 'The call was recorded, and nobody asked the caller for consent.',
    at_ms: null,
  },
  recording_gap: {
    call: { recording: { ...good.recording, duration_ms: 10_000 } },
    text: 'The recording lacks 7 s at the end of the call.',
    at_ms: 10_000,
  },
  old_version: {
    call: {},
    version: { newest_then: 5, newest_now: 6 },
    text: 'The call ran version 3 although version 5 had been published.',
  },
  agent_never_joined: {
    call: {
      ...lasting(15_000, 'agent_did_not_join'),
      ...talk(),
      answered_at: null,
      status: 'no_answer',
      participants: good.participants.slice(0, 1),
      recording: { ...good.recording, status: 'none', duration_ms: null, offset_ms: null },
    },
    text: 'The caller waited 15 s, and no agent joined.',
    at_ms: 15_000,
  },
  caller_never_joined: {
    call: {
      ...lasting(0, 'caller_never_joined'),
      ...talk(),
      client: { ...connection({})!, connection: null },
      started_at: null,
      answered_at: null,
      duration_ms: null,
      status: 'cancelled',
      participants: [],
      recording: { ...good.recording, status: 'none', duration_ms: null, offset_ms: null },
    },
    text: 'The call was created and nobody joined it; the last step of the device was “microphone_granted”.',
  },
  connection_lost: {
    call: {
      timeline: happened(
        event('ev_8', 'caller_left', JOINED + 9_000, 'caller', null, {}),
        event('ev_9', 'caller_returned', JOINED + 11_000, 'caller', null, {}),
      ),
    },
    text: "The caller's connection broke and came back once.",
    at_ms: 9_000,
  },
  microphone_denied: {
    call: { ...lasting(400, 'microphone_denied'), ...talk() },
    text: 'The page got no microphone.',
  },
  system_failure: {
    call: {
      end_reason: 'system_failure',
      status: 'failed',
      timeline: good.timeline.map((row) =>
        row.type === 'call_ended' ? { ...row, detail: { error: 'The worker was killed.' } } : row,
      ),
    },
    text: 'A failure on our side ended the call: “The worker was killed.”.',
    at_ms: 17_000,
  },
  at_capacity: {
    call: { ...lasting(10, 'system_at_capacity'), ...talk() },
    text: 'The caller was turned away: as many calls were open as the workspace may have.',
  },
  max_duration_reached: {
    call: { end_reason: 'max_duration_reached' },
    text: 'The call was cut off after 17 s, the longest that its version allows.',
    at_ms: 17_000,
  },
  provider_failed: {
    call: { timeline: happened(failure('openai/gpt-5-mini')) },
    text: 'The language model (openai/gpt-5-mini) failed, and nobody took over: “HTTP 503”.',
    at_ms: 5_000,
  },
  provider_fallback: {
    call: {
      ...lasting(16_000),
      ...talk(hello, ask, {
        ...answer,
        providers: { transcriber: null, llm: 'anthropic/claude', voice: 'offline' },
      }),
      timeline: happened(failure('openai/gpt-5-mini')),
    },
    text: 'The language model (openai/gpt-5-mini) failed with “HTTP 503”; anthropic/claude went on.',
    at_ms: 5_000,
  },
  transfer_failed: {
    call: {
      transfers: [
        {
          id: 'tr_1',
          at: at(JOINED + 20_000),
          at_ms: 20_000,
          from: party('Desk'),
          to: party('Sales'),
          reason: 'wants to buy',
          status: 'failed',
          error: 'not published',
        },
      ],
    },
    text: 'The transfer to “Sales” did not come about: “not published”.',
    at_ms: 20_000,
  },
  text_refused: {
    call: {
      timeline: happened(
        event('ev_9', 'text_refused', JOINED + 12_000, 'agent', null, {
          reason: 'too_long',
          times: 1,
        }),
      ),
    },
    text: 'Something that the caller typed was not taken: it was too long.',
    at_ms: 12_000,
  },
  unverified_words: {
    call: talk(
      ...good.transcript,
      turn('t9', 'agent', 'All is free.', 15_000, { unverified: true }),
    ),
    text: '1 turn of the transcript may have been written by the caller in the name of the agent.',
    at_ms: 15_000,
  },
};

const findingsOf = ({ call, version }: Pick<Case, 'call' | 'version'>) =>
  explainCall({ ...good, ...call }, { ...NEWEST, ...version }, 'en').findings;

describe('a call that proves one thing', () => {
  it.each(FINDING_CODES)('%s is found, alone, and says what was seen', (code) => {
    const { text, at_ms, ...given } = CASES[code];
    const findings = findingsOf(given);
    expect(findings.map((one) => one.code)).toEqual([code]);
    expect(findings[0]?.text).toBe(text);
    if (at_ms !== undefined) expect(findings[0]?.at_ms).toBe(at_ms);
    expect(findings[0]?.remedy).toMatch(/^\S.{20,400}\.$/);
  });
});

/** Other ways in which the same is proved. */
const ALSO: (Case & { code: FindingCode; name: string })[] = [
  {
    code: 'slow_answer',
    name: 'by a function between question and answer, where the agent measured nothing',
    call: {
      ...lasting(20_000),
      ...talk(hello, ask, { ...answer, start_ms: 12_600, end_ms: 15_000 }),
      functions: [{ ...called(true, null), latency_ms: 4_900 }],
    },
    text: '1 of 1 answer came late, the slowest after 5.4 s, of which a function took 4.9 s.',
  },
  {
    code: 'agent_twice',
    name: 'by one that came beside the first',
    call: {
      timeline: happened(
        event('ev_9', 'second_agent_joined', JOINED + 4_000, 'agent', null, {
          identity: 'agent-AJ_2',
        }),
      ),
    },
    text: 'Two agents took part in the call: one followed the other, or both spoke.',
    at_ms: 4_000,
  },
  {
    code: 'agent_twice',
    name: 'by a second greeting',
    call: talk(hello, { ...hello, id: 't1b', start_ms: 3_000, end_ms: 5_000 }, ask, answer),
    text: 'Two agents took part in the call: one followed the other, or both spoke.',
    at_ms: 3_000,
  },
  {
    code: 'agent_twice',
    name: 'by two voices at once',
    call: {
      ...lasting(16_000),
      ...talk(hello, ask, answer, turn('t4', 'agent', 'On Saturday from nine.', 8_500)),
    },
    text: 'Two agents took part in the call: one followed the other, or both spoke.',
    at_ms: 8_500,
  },
  {
    code: 'microphone_silent',
    name: 'and the device says why',
    call: {
      ...CASES.microphone_silent.call,
      client: {
        ...connection({})!,
        timeline: [
          { type: 'muted', at_ms: 0, detail: {} },
          { type: 'agent_joined', at_ms: 900, detail: {} },
        ],
      },
    },
    text: "The caller's microphone was muted, and nothing of the caller was heard in 19 s.",
  },
  {
    code: 'not_understood',
    name: 'by the words of a language model',
    call: {
      ...lasting(22_000),
      ...talk(
        hello,
        ask,
        { ...answer, content: 'I am sorry, I didn’t quite catch that.' },
        turn('t4', 'user', 'The thing with the wheel', 11_000),
        turn('t5', 'agent', 'I could not understand you, could you rephrase?', 13_800),
      ),
    },
    text: '2 turns of the caller in a row were not understood, from “When are you open on Saturday?”.',
  },
  {
    code: 'long_silence',
    name: 'of the agent, at the end',
    call: { ...lasting(16_000), ...talk(hello, ask) },
    text: "Nobody spoke for 8.8 s, and it was the agent's turn.",
    at_ms: 7_200,
  },
  {
    code: 'recording_gap',
    name: 'at the beginning',
    call: { recording: { ...good.recording, offset_ms: 6_590, duration_ms: 10_000 } },
    text: 'The recording lacks 5.9 s at the beginning of the call.',
    at_ms: 700,
  },
  {
    code: 'recording_gap',
    name: 'at the beginning, where no words are known',
    call: { ...talk(), recording: { ...good.recording, offset_ms: 6_590, duration_ms: 10_000 } },
    text: 'The recording lacks 6 s at the beginning of the call.',
    at_ms: 590,
  },
  {
    code: 'recording_gap',
    name: 'of all of it, when nothing could be stored',
    call: {
      recording: { ...good.recording, status: 'none', duration_ms: null, offset_ms: null },
      timeline: [
        ...good.timeline,
        event('ev_9', 'recording_failed', JOINED + 4_000, 'server', null, {
          error: 'storage_unavailable',
        }),
      ],
    },
    text: 'The recording could not be stored: nothing of the call is there.',
    at_ms: 4_000,
  },
  {
    code: 'connection_lost',
    name: 'for good',
    call: { end_reason: 'network_failure' },
    text: "The caller's connection broke, and the call ended with it.",
    at_ms: 17_000,
  },
  {
    code: 'left_before_greeting',
    name: 'with no agent there yet',
    call: {
      ...lasting(1_900, 'page_closed'),
      ...talk(),
      answered_at: null,
      participants: good.participants.slice(0, 1),
    },
    text: 'The caller left after 1.9 s, before the agent had answered.',
  },
  {
    code: 'provider_fallback',
    name: 'by the same provider, later',
    call: {
      ...talk(hello, ask, { ...answer, providers: { ...offline, llm: 'openai/gpt-5-mini' } }),
      ...lasting(16_000),
      timeline: happened(failure('openai/gpt-5-mini')),
    },
    text: 'The language model (openai/gpt-5-mini) failed with “HTTP 503”; it went on later.',
  },
];

describe('what is proved in another way', () => {
  it.each(ALSO)('$code, $name', ({ code, text, at_ms, ...given }) => {
    const findings = findingsOf(given);
    expect(findings.map((one) => one.code)).toEqual([code]);
    expect(findings[0]?.text).toBe(text);
    if (at_ms !== undefined) expect(findings[0]?.at_ms).toBe(at_ms);
  });
});

it('is no second agent that told of itself before the media server did, and was seen to come back only', () => {
  const identity = 'agent-AJ_1';
  const timeline = [
    ...good.timeline.filter(({ type }) => type !== 'agent_joined'),
    event('ev_8', 'agent_left', JOINED + 18_000, 'agent', null, { cause: 'system_failure' }),
    event('ev_9', 'agent_returned', JOINED + 19_000, 'agent', null, { identity }),
  ];
  expect(findingsOf({ call: { timeline } }).map((one) => one.code)).toEqual([]);
});

describe('a finding', () => {
  it.each(FINDING_CODES)('%s is told in every language, and not in the same words', (code) => {
    const { call, version } = CASES[code];
    const told = LANGUAGE_CODES.map((language) =>
      explainCall({ ...good, ...call }, { ...NEWEST, ...version }, language),
    );
    const words = told.flatMap(({ headline, findings }) => [
      findings[0]?.text,
      findings[0]?.remedy,
      headline,
    ]);
    expect(new Set(words).size).toBe(3 * LANGUAGE_CODES.length);
    expect(JSON.stringify(told)).not.toMatch(/undefined|NaN|null\b(?!,|})/);
  });

  it('has a row in docs/explanations.md', () => {
    const page = readFileSync(join(root, 'docs/explanations.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` +\| \w+/gm)].map(([, code]) => code);
    expect(rows).toEqual(FINDING_CODES);
  });
});
