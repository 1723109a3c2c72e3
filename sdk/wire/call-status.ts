/** The words for where a call stands and why it ended. DESIGN: "A call's life". */
export type { AgentEndReason, CallStatus, CallerEndReason, EndReason } from './generated.js';
