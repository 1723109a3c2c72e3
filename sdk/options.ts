/** The options of `new DialNexaWebCall(…)` and `start(…)`. */
import type { Consent, VariableValue } from './wire/web-call.js';

/** How the microphone is captured. Echo cancellation, noise suppression and gain control default to true. */
export interface AudioOptions {
  /** A `deviceId` of `navigator.mediaDevices.enumerateDevices()`. Default: the browser's choice. */
  deviceId?: string;
  echoCancellation?: boolean;
  noiseSuppression?: boolean;
  autoGainControl?: boolean;
  /** Volume of the agent, 0 to 1. Default 1. */
  volume?: number;
  /** `deviceId` of the speaker, where the browser supports the choice. Default: the system's speaker. */
  speakerId?: string;
}

/** Options of every call. */
export interface CommonOptions {
  /** A publishable key, `dnx_pk_…`. A secret key is refused: anyone could read it in the page. */
  apiKey: string;
  /** Address of the server, `https://…`. Default: where the script that loaded the SDK is; required with npm. */
  serverUrl?: string;
  /** Values for the `{{name}}` placeholders of the prompt. At most 50, 2,000 characters a value. */
  variables?: Record<string, VariableValue>;
  /** Stored on the call record; the agent never sees it. At most 16 KiB as JSON. */
  metadata?: Record<string, unknown>;
  /** What the visitor agreed to; stored on the call record. */
  consent?: Consent;
  /** Language of the page, BCP 47. Default: the browser's language. */
  locale?: string;
  /**
   * Address of the page, stored on the call record, at most 2,000 characters. Default: the page's address without query
   * and fragment.
   */
  pageUrl?: string;
  audio?: AudioOptions;
  /** Whether the screen stays on while the call is active. Default true. */
  wakeLock?: boolean;
  /**
   * Whether the call goes on when the visitor reloads the page or follows a link of the site: the next page takes it up by
   * `resume()` within 15 s. Then, and only then, the call is kept in the tab's session storage. Default false.
   */
  resume?: boolean;
  /**
   * What a start does while another call goes on in this browser, on any page of the site: `refuse` (the default) fails with
   * `call_elsewhere`, `take_over` ends the other one, `allow` makes both.
   */
  otherTabs?: 'refuse' | 'take_over' | 'allow';
  /** Replaces `globalThis.fetch`. */
  fetch?: typeof fetch;
}

/** Chooses the version by its own id. */
export interface ByAgentVersion {
  /** A published version, `av_…`. */
  agentVersionId: string;
  agentId?: never;
  agentVersionNumber?: never;
}

/** Chooses the version by its agent. */
export interface ByAgent {
  /** An agent, `agent_…`. */
  agentId: string;
  /** Default: the latest published version. */
  agentVersionNumber?: number;
  agentVersionId?: never;
}

/** The options of a call. The version is chosen in one of two ways; TypeScript refuses a mix. */
export type WebCallOptions = CommonOptions & (ByAgentVersion | ByAgent);

/** Options of `start()`. */
export interface StartOptions {
  /** Cancels the start, whatever it is waiting for. Without effect once `start()` has resolved. */
  signal?: AbortSignal;
  /**
   * `true` (the default) opens the microphone, `false` joins without one, and a track is used as it is and never
   * stopped.
   */
  microphone?: boolean | MediaStreamTrack;
  /** Whether the call is typed only: no microphone is asked for, and nothing is played. Default false. */
  textOnly?: boolean;
}
