/** What `new DialNexaWebCall(…)` and `start(…)` take. */
import type { Consent, VariableValue } from './wire/web-call.js';

/** How the microphone is captured. Echo cancellation, noise suppression and gain control default to true. */
export interface AudioOptions {
  /** A `deviceId` of `navigator.mediaDevices.enumerateDevices()`. Default: the browser's choice. */
  deviceId?: string;
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
  /** Loudness of the agent, 0 to 1. Default 1. */
  volume?: number;
  /** Where the agent is heard, where the browser supports the choice. */
  speakerId?: string;
}

/** What every call may carry. */
export interface CommonOptions {
  /** A publishable key, `dnx_pk_…`. A secret key is refused: anyone could read it in the page. */
  apiKey: string;
  /** `https://…` of the server. Default: the place of the script that loaded the SDK; needed with npm. */
  serverUrl?: string;
  /** Put into the prompt where it says `{{name}}`. At most 50, 2,000 characters a value. */
  variables?: Record<string, VariableValue>;
  /** Kept on the call record; the agent never sees it. */
  metadata?: Record<string, unknown>;
  /** What the visitor agreed to; kept on the call record. */
  consent?: Consent;
  /** BCP 47. Default: the browser's language. */
  locale?: string;
  /** Kept on the call record, up to 2,000 characters. Default: the page's address without query and fragment. */
  pageUrl?: string;
  audio?: AudioOptions;
  /** Keeps the screen on while the call is active. Default true. */
  wakeLock?: boolean;
  /** Replaces `globalThis.fetch`. */
  fetch?: typeof fetch;
}

/** Names the version by its own id. */
export interface ByAgentVersion {
  /** A published version, `av_…`. */
  agentVersionId: string;
  agentId?: never;
  agentVersionNumber?: never;
}

/** Names the version by its agent. */
export interface ByAgent {
  /** An agent, `agent_…`. */
  agentId: string;
  /** Default: the latest published. */
  agentVersionNumber?: number;
  agentVersionId?: never;
}

/** One version, named in one of two ways; a mix does not compile. */
export type WebCallOptions = CommonOptions & (ByAgentVersion | ByAgent);

/** What `start()` takes. */
export interface StartOptions {
  /** Gives up the start at whatever it is waiting for. Without effect once `start()` has resolved. */
  signal?: AbortSignal;
  /** `true` (default) asks for the microphone, `false` joins without, a track is used as it is and stays yours. */
  microphone?: boolean | MediaStreamTrack;
}
