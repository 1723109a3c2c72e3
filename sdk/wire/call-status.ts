/** The statuses and end reasons of a call. */
export type { AgentEndReason, CallStatus, CallerEndReason, EndReason } from './generated.js';
