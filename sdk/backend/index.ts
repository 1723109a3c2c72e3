/** `@dialnexa/web-call/backend`: the REST API for backends, typed. Needs no page and no other package. */
export { AgentJobError, openAgentJobs } from './agent-jobs.js';
export type { AgentJobs, AgentJobsOptions } from './agent-jobs.js';
export { BackendClient } from './backend-client.js';
export type { BackendClientOptions, ListCallsFilter } from './backend-client.js';
export { BackendError } from './backend-error.js';
export type {
  AgentJob,
  AgentJobEvent,
  AgentJobEventsResponse,
  AgentJobOutcome,
  RecordingChunkResponse,
} from '../wire/agent-job.js';
export type { AgentEndReason, CallStatus, EndReason } from '../wire/call-status.js';
export type { Call, CallSummary, Page, TranscriptTurn, TurnLatency } from '../wire/call.js';
export type { ErrorCode } from '../wire/error-body.js';
export type {
  CreateWebCallRequest,
  CreateWebCallResponse,
  TerminateWebCallResponse,
} from '../wire/web-call.js';
