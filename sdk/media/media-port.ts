/** What the SDK needs of a media engine. The only engine is LiveKit; tests bring their own. */
import type { AgentState } from '../state/call-state.js';

/** Why the media connection is gone. */
export type DisconnectCause =
  'left' | 'room_closed' | 'removed' | 'replaced' | 'server_failed' | 'connection_lost';

/** What was said, as it comes in: the whole text of one segment so far. */
export interface TranscriptPiece {
  segmentId: string;
  role: 'user' | 'agent';
  text: string;
  final: boolean;
}

/** What a session tells. After `disconnected` it tells nothing more. */
export interface MediaListener {
  /** `null`: the agent is not in the room. */
  agentChanged(agentState: Exclude<AgentState, 'gone'> | null): void;
  /** The agent's sound, for the level meter; `null` when it is gone. */
  agentTrack(track: MediaStreamTrack | null): void;
  transcript(piece: TranscriptPiece): void;
  reconnecting(): void;
  reconnected(): void;
  /** The browser refuses (or no longer refuses) to play sound. */
  playbackBlocked(blocked: boolean): void;
  disconnected(cause: DisconnectCause): void;
}

/** Where to join. */
export interface MediaGrant {
  serverUrl: string;
  accessToken: string;
}

/** What joining fails with. `refused`: the token was not accepted. */
export interface MediaConnectFailure {
  readonly name: 'MediaConnectError';
  readonly kind: 'refused' | 'unreachable';
}

/** What `sendText` fails with when the agent has said no. */
export interface TextRefusedFailure {
  readonly name: 'TextRefusedError';
  /** The agent's word: a `TextRefusal`. */
  readonly reason: string;
}

/** One stay in one room. */
export interface MediaSession {
  /** Joins, publishes the microphone, and resolves when media is up. Rejects with a `MediaConnectFailure`. */
  connect(grant: MediaGrant, microphone: MediaStreamTrack | null, muted: boolean): Promise<void>;
  /** Leaves and frees everything but the microphone track. In any state, any number of times. */
  disconnect(): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Publishes a microphone, in place of the present one if there is one. */
  setMicrophone(track: MediaStreamTrack, muted: boolean): Promise<void>;
  /**
   * Resolves with whether the agent has taken it: an agent that is not ready yet need not know how, and is to be asked again.
   * Rejects with a `TextRefusedFailure`, or what broke.
   */
  sendText(text: string, isReady: boolean): Promise<boolean>;
  /** Tells the agent that the caller is typing. */
  tellTyping(): void;
  setVolume(volume: number): void;
  setSpeaker(deviceId: string): Promise<void>;
  /** Must be called from a click. */
  resumeAudio(): Promise<void>;
}

/** The media chunk. */
export interface MediaEngine {
  /** Whether this browser can do WebRTC. */
  isSupported(): boolean;
  createSession(listener: MediaListener): MediaSession;
}
