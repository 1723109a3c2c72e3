/** The events of a `DialNexaWebCall`: name → payload. */
import type { CallError } from './error/call-error.js';
import type { AgentState, CallEnd, CallState } from './state/call-state.js';
import type { ClientToolRefusal } from './wire/client-tool.js';
import type { TranscriptSegment } from './transcript/transcript-segment.js';

/** Milestones of joining, in ms after the call of `start()`. */
export type TimingStage =
  | 'microphone'
  | 'grant'
  | 'media_code'
  | 'connected'
  | 'agent_joined'
  | 'agent_ready'
  | 'first_agent_audio';

/** The audio devices of this machine. Their labels are empty until the microphone was allowed. */
export interface AudioDevices {
  microphones: MediaDeviceInfo[];
  speakers: MediaDeviceInfo[];
  /** The microphone of the present call; `null`: none. */
  microphoneId: string | null;
  /** The speaker that was chosen; `null`: the system's. */
  speakerId: string | null;
}

/** Why `deviceChange` fired. */
export type DeviceChangeCause =
  'devices_changed' | 'microphone_changed' | 'microphone_lost' | 'speaker_changed';

/** Why a function of the page has not answered. */
export type ToolFault = 'tool_failed' | 'tool_timeout';

/** How good the connection is; `null`: the browser does not tell. */
export interface ConnectionQuality {
  quality: 'excellent' | 'good' | 'poor';
  rttMs: number | null;
  jitterMs: number | null;
  lossPercent: number | null;
}

/** Every event and its payload. */
export interface CallEvents {
  /** Every change of state, in order. */
  stateChange: { state: CallState; previous: CallState };
  /** A segment is new or has changed. The same `id` replaces what was shown before. */
  transcript: TranscriptSegment;
  /** What the agent is doing: `initializing`, `idle`, `listening`, `thinking`, `speaking` or `gone`. */
  agentState: { agentState: AgentState };
  /** Loudness of both sides, 0 to 1, about ten times a second while media is up. */
  audioLevel: { user: number; agent: number };
  /** The microphone was muted or unmuted. */
  muted: { muted: boolean };
  /** The browser refuses to play the agent until `resumeAudio()` is called from a click. */
  audioBlocked: { blocked: boolean };
  /** Devices came, went or were switched. */
  deviceChange: AudioDevices & { cause: DeviceChangeCause };
  /**
   * A milestone of joining was reached, `ms` after `start()`: `microphone`, `grant`, `media_code`, `connected`,
   * `agent_joined`, `agent_ready`, `first_agent_audio`. Also recorded as `performance.measure`.
   */
  timing: { stage: TimingStage; ms: number };
  /** The agent calls a function of its version or of the page: `started`, then `succeeded` or `failed`. */
  functionCall: { name: string; status: 'started' | 'succeeded' | 'failed' };
  /**
   * A function of the page has run, for `ms`. `code`: `tool_failed` or `tool_timeout`, with what it threw as `error`; `null`: it
   * has answered.
   */
  toolCall: { name: string; code: ToolFault | null; ms: number; error?: unknown };
  /** The agent was told of the page's functions: those that it takes, and those that it does not. */
  toolsOffered: {
    taken: string[];
    refused: { name: string; reason: ClientToolRefusal }[];
  };
  /** Another agent goes on with the call. */
  agentChange: { agentId: string; agentName: string | null };
  /** The agent's function `name` wants the caller transferred to one of these: a page that can, does it. */
  transfer: { name: string; destinations: string[] };
  /** The connection is `excellent`, `good` or `poor` from now on, by the latest figures; looked at every five seconds. */
  quality: ConnectionQuality;
  /** Something failed. The state tells whether the call is over. */
  error: CallError;
  /** The call is over; exactly once for every start, however it ended. `error` is set when the state is `failed`. */
  ended: CallEnd & { error: CallError | null };
}

/** The name of an event. */
export type CallEventName = keyof CallEvents;

/** A listener of one event. */
export type CallListener<Name extends CallEventName> = (payload: CallEvents[Name]) => void;
