/** One visitor's calls to one agent, without any user interface. */
import type { AudioDevices, CallEventName, CallListener } from './events.js';
import type { StartOptions, WebCallOptions } from './options.js';
import type { AgentState, CallState } from './state/call-state.js';
import type { TranscriptSegment } from './transcript/transcript-segment.js';

export declare class DialNexaWebCall {
  constructor(options: WebCallOptions);
  get state(): CallState;
  get callId(): string | null;
  get muted(): boolean;
  get agentState(): AgentState | null;
  get audioBlocked(): boolean;
  get transcript(): readonly TranscriptSegment[];
  start(options?: StartOptions): Promise<void>;
  end(): Promise<void>;
  mute(): Promise<void>;
  unmute(): Promise<void>;
  sendText(text: string): Promise<void>;
  setMicrophone(deviceId: string): Promise<void>;
  setSpeaker(deviceId: string): Promise<void>;
  setVolume(volume: number): void;
  resumeAudio(): Promise<void>;
  warmUp(): Promise<void>;
  devices(): Promise<AudioDevices>;
  on<Name extends CallEventName>(name: Name, listener: CallListener<Name>): () => void;
  once<Name extends CallEventName>(name: Name, listener: CallListener<Name>): () => void;
  off<Name extends CallEventName>(name: Name, listener: CallListener<Name>): void;
}
