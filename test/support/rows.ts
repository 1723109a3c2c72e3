/** Rows with everything filled in. */
import { createHash } from 'node:crypto';
import type {
  AgentVersionRow,
  ApiKeyRow,
  TimelineRow,
  NewTurnRow,
  WholeCallRow,
} from '../../server/domain/ports/rows.js';
import type { CallCeilings, IdempotencyStore } from '../../server/domain/ports/store.js';
import type { VersionSettings } from '../../sdk/wire/agent.js';

const settings: VersionSettings = {
  prompt: 'Be kind.',
  language: 'en-GB',
  conversation_start_type: 'agent_defined',
  welcome_message: 'Hello',
  allow_interruptions: true,
  transcriber: { provider: 'offline' },
  llm: { provider: 'offline' },
  voice: { provider: 'offline' },
  functions: [],
  default_dynamic_variables: {},
  post_call_analysis: [],
  max_call_duration_sec: 600,
  end_call_on_silence_sec: 15,
  reminder_message_interval: 9,
  reminder_message_frequency: 1,
  pause_before_speaking_sec: 0,
  interruption_sensitivity: 0.5,
  responsiveness: 0.5,
  llm_temperature: null,
  voice_speed: 1,
  boosted_keywords: [],
  audio_cache_enabled: false,
  opt_out_sensitive_data_storage: false,
  dialogue: null,
};

/** Under which the store keeps these settings. */
export function hashOf(what: VersionSettings): string {
  return createHash('sha256').update(jsonbText(what)).digest('hex');
}

/** A value as PostgreSQL writes a jsonb: shorter keys first. */
function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(
    ([a], [b]) => a.length - b.length || Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}: ${jsonbText(one)}`).join(', ')}}`;
}

export function keyRow(id: string, createdAt = 0): ApiKeyRow {
  return {
    id,
    workspace_id: 'ws_1',
    name: id,
    kind: 'publishable',
    key_hash: `hash_${id}`,
    prefix: 'dnx_pk_abc',
    allowed_origins: ['https://shop.example'],
    created_at: new Date(createdAt),
    expires_at: null,
    revoked_at: null,
    last_used_at: null,
    open_calls_per_address: null,
    open_calls_per_visitor: null,
    calls_per_hour: null,
    minutes_per_day: null,
  };
}

export function versionRow(id: string): AgentVersionRow {
  return {
    id,
    agent_id: 'agent_1',
    version_number: 1,
    version_title: 'The first one',
    is_published: false,
    published_at: null,
    published_by: null,
    created_at: new Date(0),
    updated_at: new Date(0),
    settings,
  };
}

export function seedOf(): Parameters<IdempotencyStore['insertDemo']>[0] {
  const at = new Date(0);
  return {
    workspace: {
      id: 'ws_1',
      name: 'Demo',
      concurrency_limit: 3,
      open_calls_per_address: null,
      open_calls_per_visitor: null,
      recording_days: null,
      transcript_days: null,
      analysis_days: null,
      record_days: null,
      created_at: at,
    },
    keys: [keyRow('key_1')],
    agent: { id: 'agent_1', workspace_id: 'ws_1', title: 'Desk', created_at: at, updated_at: at },
    versions: [versionRow('av_1')],
    page: { agent_id: 'agent_1', publishable_key: 'dnx_pk_abc', key_id: 'key_1' },
  };
}

/** For a call that nothing keeps from beginning. */
export const NO_CEILINGS: CallCeilings = {
  concurrent_calls: null,
  open_calls_per_address: null,
  open_calls_per_visitor: null,
  waiting_calls_per_address: null,
  calls_per_hour: null,
  minutes_per_day: null,
};

export function callRow(id: string, changes: Partial<WholeCallRow> = {}): WholeCallRow {
  return {
    id,
    workspace_id: 'ws_1',
    type: 'web',
    call_direction: 'inbound',
    entry_point: 'web',
    status: 'created',
    end_reason: null,
    agent_id: 'agent_1',
    agent_name: 'Desk',
    agent_version_id: 'av_1',
    agent_version_number: 1,
    agent_version_title: 'The first one',
    settings_hash: hashOf(settings),
    opt_out_sensitive_data_storage: false,
    room_name: `call_room_${id}`,
    room_open: true,
    caller_identity: `caller_${id}`,
    agent_identity: null,
    call_token_hash: 'hash',
    job_token_hash: null,
    variables: { name: 'Ada' },
    metadata: {},
    consent: null,
    route: {
      api_key_id: 'key_1',
      api_key_name: 'key_1',
      api_key_kind: 'publishable',
      origin: 'https://shop.example',
      chosen_by: 'agent_id',
      entry_point: 'web_calls',
      page_url: null,
      locale: null,
      user_agent: null,
    },
    created_at: new Date(0),
    grant_expires_at: new Date(120_000),
    max_call_duration_sec: 600,
    started_at: null,
    agent_joined_at: null,
    agent_asked_at: null,
    answered_at: null,
    caller_sid: null,
    agent_sid: null,
    joined_agent: null,
    caller_left_at: null,
    caller_left_reason: null,
    agent_left_at: null,
    agent_left_reason: null,
    ended_at: null,
    duration_ms: null,
    due_at: null,
    next_event_seq: 1,
    turn_count: 0,
    latency_ms: null,
    sentiment: 'unknown',
    summary: null,
    json_output: null,
    cost: null,
    findings: [],
    analysis_status: 'none',
    analysis: null,
    sensitive_delete: false,
    recording_status: 'none',
    recording_sample_rate: null,
    recording_started_at: null,
    recording_next_seq: 0,
    recording_bytes: 0,
    listener_id: null,
    listener_until: null,
    ...changes,
  };
}

export function timelineRow(callId: string, id = `ev_${callId}`): TimelineRow {
  return {
    id: `${id}_${callId}`,
    call_id: callId,
    type: 'call_created',
    at: new Date(0),
    source: 'api',
    status: 'created',
    detail: {},
  };
}

export function turnRow(callId: string): NewTurnRow {
  return {
    call_id: callId,
    turn_id: 't1',
    role: 'user',
    content: 'hello',
    started_at: new Date(0),
    ended_at: new Date(1_000),
    interrupted: false,
    via: 'speech',
    confidence: 0.5,
    intent: null,
    facts: null,
    providers: null,
    latency: null,
    source: 'agent',
    unverified: false,
  };
}
