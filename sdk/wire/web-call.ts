/** Types of `/v1/web-calls` and of what lies below it. */
export type {
  ClientReport,
  ClientReportEvent,
  Consent,
  CreateWebCallRequest,
  CreateWebCallResponse,
  FeedbackRequest,
  MediaGrant,
  ResumeWebCallRequest,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
  VariableValue,
} from './generated.js';
