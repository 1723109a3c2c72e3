/** The port of the media engine. LiveKit is the only engine; tests use fakes. */
import type { CallEvents } from '../events.js';
import type { AgentState } from '../state/call-state.js';
import type { ClientTool } from '../tools/client-tool.js';
import type { ClientConnection } from '../wire/call.js';

/** Why the media connection has ended. */
export type DisconnectCause =
  'left' | 'room_closed' | 'removed' | 'replaced' | 'server_failed' | 'connection_lost';

/** A transcription: the whole text of one segment so far. */
export interface TranscriptPiece {
  segmentId: string;
  role: 'user' | 'agent';
  text: string;
  final: boolean;
}

/** The events of a call that a session brings about by itself. */
export type SessionEventName = 'functionCall' | 'toolCall' | 'agentChange' | 'transfer' | 'quality';

/** What a session reports. After `disconnected` it reports nothing more. */
export interface MediaListener {
  /** A step of connecting: the media server answers; its media is reached. */
  reached(step: 'signal' | 'ice'): void;
  /** The state of the agent; `null`: no agent is in the room. */
  agentChanged(agentState: Exclude<AgentState, 'gone'> | null): void;
  /** The audio track of the agent, for the level meter; `null` when it has ended. */
  agentTrack(track: MediaStreamTrack | null): void;
  transcript(piece: TranscriptPiece): void;
  reconnecting(): void;
  reconnected(): void;
  /** Whether the browser refuses to play sound. */
  playbackBlocked(blocked: boolean): void;
  /** The page's function of that name. */
  tool(name: string): ClientTool | undefined;
  happened<Name extends SessionEventName>(name: Name, payload: CallEvents[Name]): void;
  disconnected(cause: DisconnectCause): void;
}

/** What a session needs to join. */
export interface MediaGrant {
  serverUrl: string;
  accessToken: string;
  /** Whether the agent is not played. */
  isSilent?: boolean;
  /** Whether the agent has been in the call before: then nothing is said before it can hear. */
  isReturn?: boolean;
}

/** A microphone to publish. */
export interface OpenMicrophone {
  readonly track: MediaStreamTrack;
  /** At the moment when it is asked: a caller may mute while the call connects. */
  readonly muted: boolean;
}

/** What `connect` rejects with. `refused`: the media server did not accept the token. */
export interface MediaConnectFailure {
  readonly name: 'MediaConnectError';
  readonly kind: 'refused' | 'unreachable';
}

/** What `sendText` and `ask` reject with when the agent refuses. */
export interface TextRefusedFailure {
  readonly name: 'TextRefusedError';
  /** The reason, a `TextRefusal`, or `not_supported`. */
  readonly reason: string;
}

/** One participation in a room. */
export interface MediaSession {
  /** How the media server knows this participation; empty before it does. */
  readonly sid: string;
  /** What was measured of the connection; `null`: nothing. Also after the end. */
  readonly figures: ClientConnection | null;
  /**
   * Joins, publishes the microphone as soon as it is there, and resolves when media is up. `microphone`: `null` for
   * none. Rejects with a `MediaConnectFailure`, or as `microphone` does.
   */
  connect(grant: MediaGrant, microphone: Promise<OpenMicrophone | null>): Promise<void>;
  /**
   * Leaves and releases everything but the microphone track. Allowed in every state, any number of times. `mayReturn`:
   * without a word to the media server, which then waits for the caller.
   */
  disconnect(mayReturn?: boolean): Promise<void>;
  setMuted(muted: boolean): Promise<void>;
  /** Publishes a microphone, in place of the present one. */
  setMicrophone(track: MediaStreamTrack, muted: boolean): Promise<void>;
  /**
   * Resolves with whether the agent has taken the text. `false`: it is not ready, or the text may be lost; it may be asked
   * again, and takes the text once. Rejects with a `TextRefusedFailure`, or with the error of the connection.
   */
  sendText(text: string, isReady: boolean): Promise<boolean>;
  /**
   * Tells the agent what it is not to answer: context, or the functions of the page. Resolves with its word on it; `null`: it
   * is not ready, or the connection was lost, and may be asked again. Rejects as `sendText`, with `not_supported` for an agent
   * that knows no such thing.
   */
  ask(what: 'context' | 'tools', payload: string, isReady: boolean): Promise<string | null>;
  /** Presses these keys. */
  sendDigits(digits: string): Promise<void>;
  /** Tells the agent that the caller is typing. */
  tellTyping(): void;
  setVolume(volume: number): void;
  setSpeaker(deviceId: string): Promise<void>;
  /** Must be called from a click. */
  resumeAudio(): Promise<void>;
}

/** What the media chunk exports. */
export interface MediaEngine {
  /** Whether this browser supports WebRTC. */
  isSupported(): boolean;
  /** `measureMs`: how often the connection is measured. Default: every 5 s. */
  createSession(listener: MediaListener, measureMs?: number): MediaSession;
}
