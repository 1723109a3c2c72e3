/** Where a call stands, as one union. */
import type { CallError } from '../error/call-error.js';
import type { EndReason } from '../wire/call-status.js';

/** What `start()` is waiting for. Microphone and grant are fetched at once: the first unfinished one is named. */
export type StartStage = 'microphone' | 'grant' | 'connecting' | 'waiting_for_agent';

/** What the agent is doing. `gone`: it left, and the server is deciding what becomes of the call. */
export type AgentState = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking' | 'gone';

/** How a call ended. */
export interface CallEnd {
  /** `null` when the server never made a call. */
  callId: string | null;
  /** The server's word; the SDK's best guess where the server could not be asked. */
  endReason: EndReason;
  /** From media up to the end, by a clock that nobody sets; 0 when media never came up. */
  durationMs: number;
}

/** What is common to every state in which media is or was up. */
interface LiveFields {
  callId: string;
  agentState: AgentState;
  muted: boolean;
  /** `Date.now()` of media up, as wrong as the clock of the visitor; how long it lasts is `durationMs` of the call. */
  startedAt: number;
}

/** The state of a `DialNexaWebCall`. */
export type CallState =
  | { readonly status: 'idle' }
  | {
      readonly status: 'starting';
      readonly stage: StartStage;
      readonly callId: string | null;
      readonly muted: boolean;
    }
  | ({ readonly status: 'active' } & Readonly<LiveFields>)
  | ({ readonly status: 'reconnecting' } & Readonly<LiveFields>)
  | { readonly status: 'ending'; readonly callId: string | null }
  | ({ readonly status: 'ended' } & Readonly<CallEnd>)
  | ({ readonly status: 'failed'; readonly error: CallError } & Readonly<CallEnd>);

/** The word alone. */
export type CallStateName = CallState['status'];
