/** `@dialnexa/web-call`: the headless browser SDK. */
export { DialNexaWebCall } from './web-call.js';
export { CallError } from './error/call-error.js';
export type { CallErrorDetail } from './error/call-error.js';
export type { CallErrorCode, CallFault, SdkErrorCode } from './error/error-code.js';
export { ERROR_TABLE } from './error/error-table.js';
export type { ErrorFacts } from './error/error-table.js';
export { TEXT_FAULTS } from './error/text-fault.js';
export type { TextFaultFacts } from './error/text-fault.js';
export type {
  AudioDevices,
  CallEventName,
  CallEvents,
  CallListener,
  ConnectionQuality,
  DeviceChangeCause,
  TimingStage,
  ToolFault,
} from './events.js';
export type {
  AudioOptions,
  ByAgent,
  ByAgentVersion,
  CommonOptions,
  StartOptions,
  WebCallOptions,
} from './options.js';
export type { CallDiagnostics } from './run/diagnose.js';
export type {
  AgentState,
  CallEnd,
  CallState,
  CallStateName,
  StartStage,
} from './state/call-state.js';
export { runPreflight } from './preflight/run-preflight.js';
export type {
  PreflightFindingCode,
  PreflightMicrophone,
  PreflightNetwork,
  PreflightOptions,
  PreflightProblem,
  PreflightReport,
} from './preflight/preflight-report.js';
export type { TranscriptSegment } from './transcript/transcript-segment.js';
export type { ClientTool, ClientToolContext } from './tools/client-tool.js';
export type { CallStatus, EndReason } from './wire/call-status.js';
export type { ClientToolRefusal } from './wire/client-tool.js';
export type { TextRefusal } from './wire/typed-text.js';
export type { Consent, VariableValue } from './wire/web-call.js';
