/** What the routes ask of the domain: one verb a route, in the words of the wire. */
import type { Agent, AgentVersion, SettingChange, VersionSettings } from '../../sdk/wire/agent.js';
import type { AgentJob, AgentJobEvent, AgentJobOutcome } from '../../sdk/wire/agent-job.js';
import type {
  ApiKey,
  ApiKeyKind,
  CreateApiKeyRequest,
  CreatedApiKey,
} from '../../sdk/wire/api-key.js';
import type { CallerEndReason } from '../../sdk/wire/call-status.js';
import type {
  Call,
  CallSummary,
  Page,
  TimelineEvent,
  TranscriptTurn,
} from '../../sdk/wire/call.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../../sdk/wire/web-call.js';

/** The key on whose behalf a request runs. */
export interface Principal {
  keyId: string;
  workspaceId: string;
  kind: ApiKeyKind;
  name: string;
  allowedOrigins: readonly string[];
}

/** Where a call was asked for; the record keeps it as its route. */
export interface CallSource {
  principal: Principal;
  origin: string | null;
  userAgent: string | null;
  entryPoint: 'web_calls' | 'livekit_token';
}

/** A create that may be repeated: the first answer is kept under the key and given again. */
export interface IdempotentRequest {
  principal: Principal;
  key: string;
  /** Hash of method, path and body: the same key with another request is refused. */
  fingerprint: string;
}

/** An answer as it is kept. */
export interface KeptAnswer {
  status: number;
  body: unknown;
}

/** Filters of the history; lists mean alternatives. */
export interface CallFilters {
  agent_id?: string[];
  call_id?: string[];
  agent_version_id?: string[];
  agent_version_name?: string;
  type?: string[];
  call_direction?: string[];
  status?: string[];
  end_reason?: string[];
  sentiment?: string[];
  start_date?: string;
  end_date?: string;
  duration_min?: number;
  duration_max?: number;
  duration_greater_than?: number;
  duration_less_than?: number;
  latency_min?: number;
  latency_max?: number;
  sort_by?: 'created_at' | 'duration';
  sort_order?: 'asc' | 'desc';
  limit?: number;
  cursor?: string;
}

/** A page of a list as it is asked for. */
export interface PageRequest {
  limit?: number;
  cursor?: string;
}

/** A recording's bytes. */
export interface RecordingFile {
  contentType: string;
  size: number;
  /** Both ends included. */
  read(start: number, end: number): Promise<ReadableStream<Uint8Array>>;
}

/** One chunk of a recording. */
export interface RecordingChunk {
  seq: number;
  pcm: Uint8Array;
  sampleRate: number;
  startedAt: string | null;
}

/** A LiveKit webhook that has been verified. */
export interface MediaHint {
  id: string;
  event: string;
  createdAt: Date | null;
  roomName: string | null;
  participant: {
    sid: string;
    identity: string;
    kind: 'caller' | 'agent' | 'other';
    disconnectReason: string | null;
  } | null;
}

/** Every verb. Each throws a `DomainError` whose `code` is one of the wire's words. */
export interface Verbs {
  /** Throws `unauthorized`, `key_revoked` or `key_expired`. */
  authenticate(key: string): Promise<Principal>;
  /** Origins of all keys that are live; for preflights. */
  knownOrigins(): Promise<readonly string[]>;
  idempotent(request: IdempotentRequest, run: () => Promise<KeptAnswer>): Promise<KeptAnswer>;

  createWebCall(source: CallSource, request: CreateWebCallRequest): Promise<CreateWebCallResponse>;
  terminateByApi(principal: Principal, callId: string): Promise<TerminateWebCallResponse>;
  /** Throws `token_invalid` unless the token is this call's. */
  terminateByCaller(
    callId: string,
    callToken: string,
    reason: CallerEndReason | undefined,
  ): Promise<TerminateWebCallResponse>;
  /** The origin that a call was started from, for the answer's CORS headers. */
  originOfCall(callId: string): Promise<string | null>;

  listCalls(principal: Principal, filters: CallFilters): Promise<Page<CallSummary>>;
  getCall(principal: Principal, callId: string): Promise<Call>;
  getTranscript(principal: Principal, callId: string): Promise<TranscriptTurn[]>;
  getTimeline(principal: Principal, callId: string): Promise<TimelineEvent[]>;
  /** `null` when there is none to give. */
  openRecording(callId: string): Promise<RecordingFile | null>;

  createAgent(
    principal: Principal,
    request: { title: string; settings?: Partial<VersionSettings> },
  ): Promise<Agent>;
  listAgents(principal: Principal, page: PageRequest): Promise<Page<Agent>>;
  getAgent(principal: Principal, agentId: string): Promise<Agent>;
  updateAgent(
    principal: Principal,
    agentId: string,
    request: { title?: string; settings?: Partial<VersionSettings> },
  ): Promise<Agent>;
  listVersions(
    principal: Principal,
    agentId: string,
    page: PageRequest,
  ): Promise<Page<AgentVersion>>;
  getVersion(principal: Principal, agentId: string, number: number): Promise<AgentVersion>;
  updateVersion(
    principal: Principal,
    agentId: string,
    number: number,
    settings: Partial<VersionSettings>,
  ): Promise<AgentVersion>;
  publishVersion(
    principal: Principal,
    agentId: string,
    number: number,
    versionTitle: string | undefined,
  ): Promise<AgentVersion>;
  diffVersions(
    principal: Principal,
    agentId: string,
    from: number,
    to: number,
  ): Promise<SettingChange[]>;

  createApiKey(principal: Principal, request: CreateApiKeyRequest): Promise<CreatedApiKey>;
  listApiKeys(principal: Principal, page: PageRequest): Promise<Page<ApiKey>>;
  revokeApiKey(principal: Principal, keyId: string): Promise<ApiKey>;

  /** `agentToken` is what LiveKit gave the worker; throws `token_invalid`. */
  claimJob(callId: string, agentToken: string): Promise<AgentJob>;
  reportEvents(
    callId: string,
    jobToken: string,
    events: AgentJobEvent[],
  ): Promise<{ next_seq: number }>;
  appendRecording(
    callId: string,
    jobToken: string,
    chunk: RecordingChunk,
  ): Promise<{ next_seq: number }>;
  reportOutcome(callId: string, jobToken: string, outcome: AgentJobOutcome): Promise<void>;

  /** A hint that was seen before changes nothing. */
  takeHint(hint: MediaHint): Promise<void>;
}
