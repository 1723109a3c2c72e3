/** Calls as the server answers them, for the console's tests and pictures. */
import type { Call, CallSummary } from '../../sdk/wire/call.js';
import { explainCall } from '../../server/domain/explanation/explain-call.js';
import type { ShownCall, VersionFacts } from '../../server/domain/explanation/observed.js';

const START = Date.parse('2026-11-23T14:03:12.000Z');

/** So many ms after the call was created. */
export function at(ms: number): string {
  return new Date(START + ms).toISOString();
}

/** Of a version that greets, and is still the newest. */
export const NEWEST: VersionFacts = {
  agent_speaks_first: true,
  pause_ms: 0,
  newest_then: 3,
  newest_now: 3,
  keeps_words: true,
};

/** A connection in which nothing stands out. */
export const goodConnection = {
  codec: 'opus',
  rtt_ms: { p50: 41, p90: 66, max: 90 },
  jitter_ms: { p50: 2, p90: 6, max: 11 },
  packet_loss_percent: { p50: 0, p90: 0.4, max: 2 },
  candidate_type: 'host',
  protocol: 'udp',
  samples: 12,
} satisfies NonNullable<ShownCall['client']>['connection'];

/** A completed call with all evidence, explained as the server does. */
export function callFixture(changes: Partial<Call> = {}): Call {
  const shown = shownCall(changes);
  return { explanation: explainCall(shown, NEWEST, 'en'), ...shown };
}

/** The same, before it is explained. */
export function shownCall(changes: Partial<ShownCall> = {}): ShownCall {
  const { cost: _cost, findings: _findings, ...summary } = summaryFixture();
  return {
    ...summary,
    client: null,
    latency: null,
    audio_cache: null,
    functions: [],
    transfers: [],
    usage: null,
    cost: null,
    feedback: null,
    trace_id: null,
    variables: { name: 'Ann', ticket: 42 },
    metadata: { page: 'pricing' },
    consent: {
      text: 'Calls are recorded.',
      version: '2',
      locale: 'en',
      text_sha256: 'bd'.repeat(32),
      accepted_at: at(-4000),
      client_accepted_at: null,
    },
    route: {
      api_key_id: 'key_1',
      api_key_name: 'Shop',
      api_key_kind: 'publishable',
      origin: 'https://shop.example',
      chosen_by: 'agent_id',
      entry_point: 'web_calls',
      page_url: 'https://shop.example/pricing',
      locale: 'en-GB',
      time_zone: null,
      text_only: false,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0',
    },
    participants: [
      { role: 'caller', identity: 'caller_1', joined_at: at(820), left_at: at(62_300) },
      { role: 'agent', identity: 'agent-AJ_1', joined_at: at(1130), left_at: at(62_300) },
    ],
    timeline: [
      event('ev_1', 'call_created', 0, 'api', 'created'),
      event('ev_2', 'caller_joined', 820, 'caller', 'initiated'),
      event('ev_3', 'agent_joined', 1130, 'agent', null),
      event('ev_4', 'agent_answered', 1410, 'agent', 'received'),
      event('ev_5', 'function_called', 59_000, 'agent', null, { name: 'end_call', ok: true }),
      event('ev_6', 'call_ended', 62_300, 'agent', 'completed', {
        end_reason: 'agent_disconnected',
      }),
    ],
    transcript: [
      turn('t1', 'agent', 'Hello, this is Wheel & Spoke. How can I help you?', 700),
      turn('t2', 'user', 'When are you open on Saturday?', 5200, { confidence: 0.93 }),
      turn('t3', 'agent', 'On Saturdays we are open from nine to two.', 7900, {
        intent: 'opening_hours',
        facts: ['On Saturdays we are open from nine to two.'],
        latency: { end_of_turn_ms: 420, stt_ms: 110, llm_ms: 3, tts_ms: 95, total_ms: 640 },
      }),
      turn('t6', 'user', 'And on Sunday?', 10_700, { via: 'text', end_ms: 10_700 }),
      turn('t4', 'user', 'Thank you, goodbye.', 12_000, { confidence: 0.97 }),
      turn('t5', 'agent', 'Goodbye!', 13_400, { intent: 'goodbye' }),
    ],
    recording: {
      status: 'available',
      url: '/recordings/call_1.wav',
      expires_at: at(900_000),
      duration_ms: 61_500,
      offset_ms: 0,
      channels: 2,
      sample_rate: 16_000,
      bytes: 3_936_044,
      content_type: 'audio/wav',
    },
    summary: null,
    analysis: {
      status: 'completed',
      method: 'rules',
      model: null,
      completed_at: at(64_000),
      error: null,
      success: true,
      fields: {},
      usage: null,
      cost: null,
    },
    json_output: null,
    sensitive_delete: false,
    ...changes,
  };
}

/** What an agent and a device told of a call beside its words. */
export function recordFixture(): Partial<Call> {
  const agent = (name: string, number: number | null) => ({
    agent_id: `agent_${name}`,
    agent_version_id: null,
    agent_version_number: number,
    agent_name: name,
  });
  const llm = { kind: 'llm', provider: 'openai', model: 'small' } as const;
  const ears = { kind: 'transcriber', provider: 'deepgram', model: 'nova-3' } as const;
  const price = { quantity: 1.5, unit: 'minute', price: 0.0082, amount: 0.0123 } as const;
  const unpriced = { quantity: 0.0012, unit: 'million_input_tokens' } as const;
  return {
    trace_id: 'ab'.repeat(16),
    latency: {
      answers: 7,
      end_of_turn_ms: null,
      stt_ms: null,
      llm_ms: null,
      tts_ms: null,
      total_ms: { p50: 640, p90: 900, p99: 1_200 },
    },
    audio_cache: { enabled: true, lookups: 4, hits: 3, misses: 1, new_entries: 1, hit_rate: 0.75 },
    functions: [
      {
        id: 'fn_1',
        name: 'find_order',
        at: at(9_820),
        at_ms: 9_000,
        arguments: { number: '<b>A-1001</b>' },
        answer: null,
        latency_ms: 120,
        ok: false,
        error: 'the endpoint answered 500',
        source: 'version',
      },
    ],
    transfers: [
      {
        id: 'tr_1',
        at: at(13_320),
        at_ms: 12_500,
        from: agent('Reception', 3),
        to: agent('Workshop', null),
        reason: 'The caller asks for a repair.',
        status: 'completed',
        error: null,
      },
    ],
    client: {
      timeline: [],
      connection: {
        codec: 'opus',
        rtt_ms: { p50: 42, p90: 61.25, max: 80 },
        jitter_ms: null,
        packet_loss_percent: null,
        candidate_type: 'srflx',
        protocol: 'udp',
        samples: 4,
      },
      reported_at: at(60_000),
    },
    usage: {
      speech_ms: 90_000,
      llm_input_tokens: 1_200,
      llm_output_tokens: 80,
      voice_characters: 0,
      providers: [
        { ...ears, speech_ms: 90_000 },
        { ...llm, input_tokens: 1_200, output_tokens: 80 },
      ],
    },
    cost: {
      currency: 'USD',
      total: 0.0123,
      parts: [
        { ...ears, ...price },
        { ...llm, ...unpriced, price: null, amount: null },
      ],
    },
    feedback: { rating: 4, comment: 'Quick.', at: at(70_000) },
  };
}

/** A row of the list. */
export function summaryFixture(changes: Partial<CallSummary> = {}): CallSummary {
  return {
    id: 'call_1',
    type: 'web',
    call_direction: 'inbound',
    entry_point: 'web',
    status: 'completed',
    end_reason: 'agent_disconnected',
    agent_id: 'agent_1',
    agent_name: 'Bicycle workshop',
    agent_version_id: 'av_1',
    agent_version_number: 3,
    agent_version_title: 'Winter hours',
    created_at: at(0),
    started_at: at(820),
    answered_at: at(1410),
    ended_at: at(62_300),
    duration_ms: 61_480,
    turn_count: 5,
    latency_ms: 640,
    sentiment: 'unknown',
    cost: null,
    findings: [],
    ...changes,
  };
}

/** A row of the timeline, so many ms after the call was created. */
export function event(
  id: string,
  type: string,
  ms: number,
  source: Call['timeline'][number]['source'],
  status: Call['timeline'][number]['status'],
  detail: Record<string, unknown> = {},
): Call['timeline'][number] {
  return { id, type, at: at(ms), source, status, detail };
}

/** A turn of two seconds. */
export function turn(
  id: string,
  role: 'user' | 'agent',
  content: string,
  startMs: number,
  changes: Partial<Call['transcript'][number]> = {},
): Call['transcript'][number] {
  return {
    id,
    role,
    agent_id: role === 'agent' ? summaryFixture().agent_id : null,
    content,
    start_ms: startMs,
    end_ms: startMs + 2000,
    interrupted: false,
    via: 'speech',
    confidence: null,
    intent: null,
    facts: null,
    providers: null,
    latency: null,
    source: 'agent',
    unverified: false,
    ...changes,
  };
}
