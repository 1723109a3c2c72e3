/** Rows as the store keeps them. Times are `Date`; the wire's shapes are made of these. */
import type { VersionSettings } from '../../../sdk/wire/agent.js';
import type { ApiKeyKind, KeyLimits } from '../../../sdk/wire/api-key.js';
import type {
  AnalysisStatus,
  Call,
  CallAnalysis,
  CallFunction,
  CallRecording,
  CallRoute,
  CallTransfer,
  EntryPoint,
  FindingCode,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import type { CallStatus } from '../../../sdk/wire/call-status.js';
import type { Consent, VariableValue } from '../../../sdk/wire/web-call.js';
import type { CallState } from '../calls/call-state.js';

/** A customer's own space. */
export interface WorkspaceRow {
  id: string;
  name: string;
  concurrency_limit: number;
  /** `null`: half of the limit. */
  open_calls_per_address: number | null;
  /** `null`: as many as one address. */
  open_calls_per_visitor: number | null;
  /** Days after the end of a call that what it leaves is kept; `null`: for ever. */
  recording_days: number | null;
  transcript_days: number | null;
  analysis_days: number | null;
  record_days: number | null;
  created_at: Date;
}

/** An API key; its text is kept as a hash only. */
export interface ApiKeyRow extends KeyLimits {
  id: string;
  workspace_id: string;
  name: string;
  kind: ApiKeyKind;
  key_hash: string;
  prefix: string;
  allowed_origins: string[];
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

/** An agent. */
export interface AgentRow {
  id: string;
  workspace_id: string;
  title: string;
  created_at: Date;
  updated_at: Date;
}

/** A version of an agent, without its settings, which may be a quarter of a megabyte. */
export interface VersionHeadRow {
  id: string;
  agent_id: string;
  version_number: number;
  version_title: string | null;
  is_published: boolean;
  published_at: Date | null;
  published_by: string | null;
  created_at: Date;
  updated_at: Date;
}

/** A version of an agent. */
export interface AgentVersionRow extends VersionHeadRow {
  settings: VersionSettings;
}

/** A version of an agent, with as much of its settings as a call keeps in its own row. */
export interface CallableVersionRow extends VersionHeadRow, CallSettings {}

/** What a call keeps of the version's settings; the rest is found by the hash, and never changes. */
export interface CallSettings {
  settings_hash: string;
  max_call_duration_sec: number;
  opt_out_sensitive_data_storage: boolean;
}

/** A call record without its contents: what every step of a call reads. */
export interface CallRow extends CallState, CallSettings {
  id: string;
  workspace_id: string;
  type: 'web';
  call_direction: 'inbound';
  entry_point: EntryPoint;
  status: CallStatus;
  agent_id: string;
  agent_name: string;
  agent_version_id: string;
  agent_version_number: number;
  agent_version_title: string | null;
  room_name: string;
  /** The media server may still hold the room. */
  room_open: boolean;
  caller_identity: string;
  /** The agent participant that claimed the job. */
  agent_identity: string | null;
  call_token_hash: string;
  job_token_hash: string | null;
  /** `address` and `visitor` are for counting alone: nobody is shown them. */
  route: Omit<CallRoute, 'time_zone' | 'text_only'> & {
    address?: string;
    visitor?: string;
    /** Rows of before it was asked have none; nor have they `text_only`. */
    time_zone?: string | null;
    text_only?: boolean;
  };
  /** When the rules must look at it again; `null` once ended. */
  due_at: Date | null;
  next_event_seq: number;
  turn_count: number;
  latency_ms: number | null;
  sentiment: 'positive' | 'neutral' | 'negative' | 'unknown';
  /** The total; what it is made of is evidence. */
  cost: number | null;
  /** Codes of the findings, as they were after the call. */
  findings: FindingCode[];
  analysis_status: AnalysisStatus;
  sensitive_delete: boolean;
  recording_status: CallRecording['status'];
  recording_sample_rate: number | null;
  recording_started_at: Date | null;
  recording_next_seq: number;
  recording_bytes: number;
  /** The process that listens in the room, because the agent reports nothing; and until when it may. */
  listener_id: string | null;
  listener_until: Date | null;
}

/** A call record with what it was given and what came of it, which may be long. */
export interface WholeCallRow extends CallRow {
  variables: Record<string, VariableValue>;
  metadata: Record<string, unknown>;
  /** Rows of before it was asked whose clock that is have no `client_accepted_at`. */
  consent: (Consent & { client_accepted_at?: string | null }) | null;
  summary: string | null;
  json_output: Record<string, unknown> | null;
  /** How the analysis after the call was made, beside its status; `null` while it has not been tried. */
  analysis: Omit<CallAnalysis, 'status'> | null;
}

/** One row of the timeline. */
export interface TimelineRow {
  id: string;
  call_id: string;
  type: string;
  at: Date;
  source: 'api' | 'caller' | 'agent' | 'media' | 'server';
  status: CallStatus | null;
  detail: Record<string, unknown>;
}

/** One utterance: what the transcript says of it, with its times on the clock. */
export interface TurnRow extends Omit<TranscriptTurn, 'id' | 'start_ms' | 'end_ms'> {
  call_id: string;
  turn_id: string;
  started_at: Date;
  ended_at: Date;
}

/** A turn before it is stored: which agent spoke is told by the transfers. */
export type NewTurnRow = Omit<TurnRow, 'agent_id'>;

/** A function that the agent called, with its time on the clock. */
export interface FunctionRow extends Omit<CallFunction, 'at' | 'at_ms'> {
  call_id: string;
  at: Date;
}

/** A transfer to another agent, with its time on the clock. */
export interface TransferRow extends Omit<CallTransfer, 'at' | 'at_ms'> {
  call_id: string;
  at: Date;
}

/**
 * What the device told. `at_ms` of its timeline counts from the call's creation here, since that is known from the first;
 * `sent_at_ms` is when it was sent, by the device, and not there in rows of before it was kept.
 */
export type ClientRow = NonNullable<Call['client']> & { sent_at_ms?: number };

/** What is known of a call beside its words, but functions and transfers; `null` until it is reported. */
export interface EvidenceRow extends Pick<
  Call,
  'audio_cache' | 'usage' | 'cost' | 'feedback' | 'trace_id'
> {
  client: ClientRow | null;
}

/** All of it. */
export interface WholeEvidence extends EvidenceRow {
  functions: FunctionRow[];
  transfers: TransferRow[];
}

/** What is left to do for a call that has ended. */
export interface CallWorkRow {
  call_id: string;
  due_at: Date;
  /** How often it was claimed. */
  attempts: number;
  /** Who is at work on it, and until when nobody else is. */
  claimed_by: string | null;
  claimed_until: Date | null;
  /** Why it is not done yet, in one sentence. */
  error: string | null;
  /** Given up then: nothing is done until somebody asks for it. */
  dead_at: Date | null;
}

/** An answer kept for a repeated create. */
export interface KeptAnswerRow {
  workspace_id: string;
  key: string;
  fingerprint: string;
  status: number | null;
  body: unknown;
  created_at: Date;
}

/** What `/` shows. The publishable key stands in that page for everybody to read. */
export interface DemoPageRow {
  agent_id: string;
  publishable_key: string;
}
