/** The state of a call, as one union. */
import type { CallError } from '../error/call-error.js';
import type { EndReason } from '../wire/call-status.js';

/**
 * What `start()` is waiting for. Microphone and grant are requested at the same time: the first that is missing is
 * named.
 */
export type StartStage = 'microphone' | 'grant' | 'connecting' | 'waiting_for_agent';

/** What the agent is doing. `gone`: it has left, and the server will end the call or bring an agent back. */
export type AgentState = 'initializing' | 'idle' | 'listening' | 'thinking' | 'speaking' | 'gone';

/** How a call ended. */
export interface CallEnd {
  /** `null` when the server has not created a call. */
  callId: string | null;
  /** The server's end reason; the SDK's guess where the server did not answer. */
  endReason: EndReason;
  /** Milliseconds from media up to the end, by a monotonic clock; 0 when media was never up. */
  durationMs: number;
}

/** Fields of every state in which media is or was up. */
interface LiveFields {
  callId: string;
  agentState: AgentState;
  muted: boolean;
  /**
   * When media came up, by `Date.now()`: wrong when the visitor's clock is. For durations use `durationMs` of the call.
   */
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

/** The name of a state. */
export type CallStateName = CallState['status'];
