/** What the routes ask of the domain: one verb a route, in the words of the wire. */
import type {
  Agent,
  AgentVersion,
  SettingChange,
  VersionSettings,
} from '../../../sdk/wire/agent.js';
import type { AgentJob, AgentJobEvent, AgentJobOutcome } from '../../../sdk/wire/agent-job.js';
import type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  UpdateApiKeyRequest,
} from '../../../sdk/wire/api-key.js';
import type { CallerEndReason } from '../../../sdk/wire/call-status.js';
import type {
  Call,
  CallSummary,
  Page,
  TimelineEvent,
  TranscriptTurn,
} from '../../../sdk/wire/call.js';
import type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../../../sdk/wire/web-call.js';
import type { CallFilters } from '../../domain/calls/call-filters.js';
import type { CallSource } from '../../domain/calls/create-web-call.js';
import type { RecordingChunk } from '../../domain/recordings/append-recording.js';
import type { RecordingFile } from '../../domain/recordings/open-recording.js';
import type { Principal } from '../../domain/keys/principal.js';
import type { RoomEvent } from '../../domain/rooms/apply-room-event.js';
import type { IdempotentRequest, KeptAnswer } from '../../domain/idempotency/idempotent.js';
import type { PageRequest } from '../../domain/page-limit.js';

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
  /** Reads only. Throws `token_invalid` unless the token is this call's. */
  getWebCall(callId: string, callToken: string): Promise<TerminateWebCallResponse>;
  /** Throws `token_invalid` unless the token is this call's; for those who must wait with the body. */
  checkCaller(callId: string, callToken: string): Promise<void>;
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
  updateApiKey(principal: Principal, keyId: string, request: UpdateApiKeyRequest): Promise<ApiKey>;
  revokeApiKey(principal: Principal, keyId: string): Promise<ApiKey>;

  /** Whether the call waits for an agent; throws `token_invalid`, `call_already_ended` or `conflict` when not. */
  checkOpenJob(callId: string, agentToken: string): Promise<void>;
  /** `agentToken` is what LiveKit gave the worker; throws `token_invalid`. */
  claimJob(callId: string, agentToken: string): Promise<AgentJob>;
  /** Throws `token_invalid` unless the token is this job's; for those who must wait with the body. */
  checkReporter(callId: string, jobToken: string): Promise<void>;
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
  reportOutcome(
    callId: string,
    jobToken: string,
    outcome: AgentJobOutcome,
  ): Promise<TerminateWebCallResponse>;

  /** A hint that was seen before changes nothing. */
  applyRoomEvent(hint: RoomEvent): Promise<unknown>;
}
