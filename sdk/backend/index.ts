/**
 * `@dialnexa/web-call/backend`: typed client of the REST API for backends and agents. Needs no browser and no other
 * package.
 */
export { openAgentJobs } from './agent-jobs.js';
export type { AgentJobs, AgentJobsOptions } from './agent-jobs.js';
export { BackendClient } from './backend-client.js';
export type { BackendClientOptions } from './backend-client.js';
export type { AgentsApi } from './agents-api.js';
export type { ApiKeysApi } from './api-keys-api.js';
export type { CallsApi, StatisticsQuery } from './calls-api.js';
export type { CreateOptions } from './create-options.js';
export type { PageQuery } from './every-row.js';
export type { ExportCallsQuery, ExportedCall, ExportFileQuery } from './export-calls.js';
export type { HealthApi } from './health-api.js';
export type { CallOrder, CallSelection, ListCallsFilter } from './list-calls-filter.js';
export type { LiveCallEvent, LiveOptions } from './live-events.js';
export type { LivekitApi, LivekitTokenOptions } from './livekit-api.js';
export type { AuditFilter, PrivacyApi } from './privacy-api.js';
export type { VersionsApi } from './versions-api.js';
export type { ListDeliveriesFilter, WebhooksApi } from './webhooks-api.js';
export { WebhookVerificationError, verifyWebhook } from './verify-webhook.js';
export type { WebhookErrorCode, WebhookHeaders, WebhookToVerify } from './verify-webhook.js';
export type { RequestOptions } from '../rest/core/open-rest.js';
export { RestError } from '../rest/core/rest-error.js';
export type { RestErrorCode } from '../rest/core/rest-error.js';
export { retry } from '../rest/core/retry.js';
export type { RetryOptions } from '../rest/core/retry.js';
export type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsResponse,
  AgentJobOutcome,
  RecordingChunkResponse,
} from '../wire/agent-job.js';
export type {
  Agent,
  AgentVersion,
  CreateAgentRequest,
  SettingChange,
  UpdateAgentRequest,
  VersionDiff,
  VersionSettings,
  VersionSettingsPatch,
} from '../wire/agent.js';
export type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  UpdateApiKeyRequest,
} from '../wire/api-key.js';
export type { AgentEndReason, CallStatus, EndReason } from '../wire/call-status.js';
export type {
  AnalysisField,
  AnalysisStatus,
  AnalyzeCallResponse,
  AnalyzeCallsResponse,
  Call,
  CallAnalysis,
  CallAudioCache,
  CallClient,
  CallCost,
  CallFeedback,
  CallFunction,
  CallLatency,
  CallPage,
  CallRecording,
  CallSummary,
  CallTransfer,
  CallUsage,
  ClientConnection,
  ClientEvent,
  CostPart,
  EntryPoint,
  Page,
  Percentiles,
  ProviderUsage,
  Spread,
  Timeline,
  TimelineEvent,
  Transcript,
  TranscriptTurn,
  TransferParty,
  TurnLatency,
  TurnProviders,
} from '../wire/call.js';
export type { CallFigures, CallStatistics } from '../wire/call-statistics.js';
export type { ErrorCode } from '../wire/error-body.js';
export type { Readiness } from '../wire/health.js';
export type { LivekitTokenRequest, LivekitTokenResponse } from '../wire/livekit-token.js';
export type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
export type {
  CreateWebhookRequest,
  CreatedWebhook,
  PauseWebhookRequest,
  RedeliverRequest,
  Redelivered,
  RotateWebhookRequest,
  UpdateWebhookRequest,
  Webhook,
  WebhookAttempt,
  WebhookCallEvent,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookEndedCall,
  WebhookEvent,
  WebhookStartedCall,
  WebhookTest,
  WebhookTransfer,
} from '../wire/webhook.js';
