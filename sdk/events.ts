/** The events of a `DialNexaWebCall`: name → payload. */
import type { CallError } from './error/call-error.js';
import type { AgentState, CallEnd, CallState } from './state/call-state.js';
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
}

/** Why `deviceChange` fired. */
export type DeviceChangeCause =
  'devices_changed' | 'microphone_changed' | 'microphone_lost' | 'speaker_changed';

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
  /** Something failed. The state tells whether the call is over. */
  error: CallError;
  /** The call is over; exactly once for every start, however it ended. `error` is set when the state is `failed`. */
  ended: CallEnd & { error: CallError | null };
}

/** The name of an event. */
export type CallEventName = keyof CallEvents;

/** A listener of one event. */
export type CallListener<Name extends CallEventName> = (payload: CallEvents[Name]) => void;
