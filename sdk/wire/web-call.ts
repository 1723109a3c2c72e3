/** Types of `/v1/web-calls` and of what lies below it. */
export type {
  ClientReport,
  ClientReportEvent,
  Consent,
  CreateWebCallRequest,
  CreateWebCallResponse,
  FeedbackRequest,
  TerminateWebCallRequest,
  TerminateWebCallResponse,
  VariableValue,
} from './generated.js';
