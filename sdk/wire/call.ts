/** The call record as REST shows it. */
import type { CallStatus, EndReason } from './call-status.js';
import type { VariableValue } from './web-call.js';

/** Who spoke. */
export type TurnRole = 'user' | 'agent';

/** Who told of a turn: the agent that answered, or what it published in the room. */
export type TurnSource = 'agent' | 'room';

/** One speaker's utterance. Times are milliseconds after `started_at`. */
export interface TranscriptTurn {
  id: string;
  role: TurnRole;
  content: string;
  start_ms: number;
  end_ms: number;
  /** An agent's turn that the caller cut off. */
  interrupted: boolean;
  /** Of the speech recogniser, 0 to 1. Caller's turns only. */
  confidence: number | null;
  /** What the offline dialogue took the turn for, e.g. `opening_hours`. */
  intent: string | null;
  /** Agent's turns only. */
  latency: TurnLatency | null;
  /** `room`: the agent reported nothing, so the turn is what the server heard it publish. */
  source: TurnSource;
  /** Heard in the room, and nobody vouches for it: the caller itself may have written it. */
  unverified: boolean;
}

/** Milliseconds, from the end of the caller's speech. `null`: not measured. */
export interface TurnLatency {
  /** Until the turn was taken as finished. */
  end_of_turn_ms: number | null;
  stt_ms: number | null;
  /** To the first token. */
  llm_ms: number | null;
  /** To the first sound. */
  tts_ms: number | null;
  /** From the end of the caller's speech to the first sound of the answer. */
  total_ms: number | null;
}

/** One row of what happened, in order. `type` is open: clients must tolerate new words. */
export interface TimelineEvent {
  id: string;
  /** E.g. `call_created`, `caller_joined`, `agent_joined`, `call_ended`, `function_called`. */
  type: string;
  at: string;
  /** Who caused it. */
  source: 'api' | 'caller' | 'agent' | 'media' | 'server';
  /** The status after it, where it changed the status. */
  status: CallStatus | null;
  detail: Record<string, unknown>;
}

/** Who was in the call, and when. */
export interface CallParticipant {
  role: 'caller' | 'agent';
  /** The name under which the media server knows it; `null` when nobody told. */
  identity: string | null;
  joined_at: string;
  /** The end of the call for whoever stayed, a moment after it for whoever saw the other leave; `null` while there. */
  left_at: string | null;
}

/** What the visitor agreed to. */
export interface CallConsent {
  text: string;
  version?: string;
  /** ISO 8601, in the server's clock: when the call that carries the consent was asked for. From a backend: the time that it gave. */
  accepted_at: string;
  /** What the visitor's own clock said, however wrong it is; `null` when a backend told. */
  client_accepted_at: string | null;
}

/** Which key, origin and request field chose the version. */
export interface CallRoute {
  api_key_id: string | null;
  api_key_name: string | null;
  api_key_kind: 'publishable' | 'secret' | null;
  origin: string | null;
  /** The request field that chose: see `CreateWebCallRequest`. */
  chosen_by: 'agent_version_id' | 'agent_version_number' | 'agent_id' | 'agent_name';
  entry_point: 'web_calls' | 'livekit_token';
  page_url: string | null;
  locale: string | null;
  user_agent: string | null;
}

/** The stereo recording: left the caller, right the agent. */
export interface CallRecording {
  status: 'none' | 'recording' | 'available' | 'erased';
  /** Signed and expiring; `null` unless available. */
  url: string | null;
  expires_at: string | null;
  duration_ms: number | null;
  /** Milliseconds from `started_at` to the recording's first sample. */
  offset_ms: number | null;
  channels: 2;
  sample_rate: number | null;
  bytes: number | null;
  content_type: string | null;
}

/** A row of Call History. */
export interface CallSummary {
  id: string;
  type: 'web' | 'phone';
  call_direction: 'inbound' | 'outbound';
  status: CallStatus;
  end_reason: EndReason | null;
  agent_id: string;
  agent_name: string;
  agent_version_id: string;
  agent_version_number: number;
  agent_version_title: string | null;
  created_at: string;
  /** The caller's media was up. */
  started_at: string | null;
  /** The agent answered. */
  answered_at: string | null;
  ended_at: string | null;
  /** From `started_at` to `ended_at`. */
  duration_ms: number | null;
  turn_count: number;
  /** Median of the agent's turns. */
  latency_ms: number | null;
  sentiment: 'positive' | 'neutral' | 'negative' | 'unknown';
}

/** The whole detail of a call. */
export interface Call extends CallSummary {
  variables: Record<string, VariableValue>;
  metadata: Record<string, unknown>;
  consent: CallConsent | null;
  route: CallRoute;
  /** In the order of their joining. */
  participants: CallParticipant[];
  timeline: TimelineEvent[];
  transcript: TranscriptTurn[];
  recording: CallRecording;
  summary: string | null;
  json_output: Record<string, unknown> | null;
  sensitive_delete: boolean;
}

/** A page of a list. */
export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}
