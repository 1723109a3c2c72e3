/** What the rules of a call's life look at, and what they may change. */
import type { CallStatus, EndReason } from '../../../sdk/wire/call-status.js';

/** The part of a call record that decides what may happen next. */
export interface CallState {
  status: CallStatus;
  end_reason: EndReason | null;
  created_at: Date;
  /** After it the caller can no longer join. */
  grant_expires_at: Date;
  max_call_duration_sec: number;
  /** The caller's media was up. */
  started_at: Date | null;
  agent_joined_at: Date | null;
  /** When the agent was last asked for again, or known to be on its way; `null`: neither. */
  agent_asked_at: Date | null;
  /** The agent answered. */
  answered_at: Date | null;
  /** The media server's ids of the two participants as they were last seen. */
  caller_sid: string | null;
  agent_sid: string | null;
  /** The identity of the agent that the media server told of; `null`: of none yet. */
  joined_agent: string | null;
  /** Set while the caller is away and may still come back. */
  caller_left_at: Date | null;
  caller_left_reason: EndReason | null;
  /** Set while the agent is away and may still come back. */
  agent_left_at: Date | null;
  agent_left_reason: EndReason | null;
  ended_at: Date | null;
  duration_ms: number | null;
}
