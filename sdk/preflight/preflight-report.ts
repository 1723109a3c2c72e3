/** What `runPreflight()` is told, and what it finds. */
import type { CallErrorCode } from '../error/error-code.js';
import type { CommonOptions } from '../options.js';

/** What only a trial can notice. */
export type PreflightFindingCode =
  | 'microphone_silent'
  | 'microphone_quiet'
  | 'slow_route'
  | 'lossy_route'
  | 'uneven_route'
  | 'no_udp';

/** Something that prevents a call, or makes it worse. */
export interface PreflightProblem {
  /** A code of `CallError`, or of a finding. */
  readonly code: CallErrorCode | PreflightFindingCode;
  /** `error`: no call can be made like this. */
  readonly severity: 'error' | 'warning';
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly remedy: string;
}

/** What the microphone gave. */
export interface PreflightMicrophone {
  /** The loudest moment in dBFS, 0 at most; `null`: the browser did not let the sound be measured. */
  readonly peakDb: number | null;
  /** Whether nothing at all came from it, as from a muted or a dead one; `null`: not measured. */
  readonly silent: boolean | null;
  /** Whether it took up a tone that the speaker played; `null`: not tried, or not measured. */
  readonly echo: boolean | null;
}

/** The way to the media server. Times in ms; `null`: the browser did not tell. */
export interface PreflightNetwork {
  /** Until the media server answered, over a WebSocket. */
  readonly signalMs: number | null;
  /** Until sound could flow. */
  readonly mediaMs: number;
  /** `udp`, `tcp`, or `tls` by way of a relay. */
  readonly protocol: string | null;
  /** The ICE candidate: `host`, `srflx`, `prflx` or `relay`. */
  readonly candidateType: string | null;
  /** Median of the round trip. */
  readonly rttMs: number | null;
  /** Median of what arrives unevenly. */
  readonly jitterMs: number | null;
  /** Median of what is lost, in per cent. */
  readonly lossPercent: number | null;
}

/** What a trial has found. It holds no address, no name of a device and no token. */
export interface PreflightReport {
  /** Whether nothing was found that prevents a call. */
  readonly ok: boolean;
  readonly problems: readonly PreflightProblem[];
  /** `null`: none was asked for, or it could not be opened. */
  readonly microphone: PreflightMicrophone | null;
  /** How long the server took to answer, in ms; `null`: it gave no grant. */
  readonly serverMs: number | null;
  /** `null`: the media server was not reached. */
  readonly network: PreflightNetwork | null;
}

/** The options of `runPreflight()`. */
export interface PreflightOptions extends Pick<
  CommonOptions,
  'apiKey' | 'serverUrl' | 'audio' | 'fetch'
> {
  /** Whether the microphone is tried. Default true. */
  microphone?: boolean;
  /** Whether the speaker plays a tone of 0.6 s, to find out whether the microphone takes it up. Default false. */
  echo?: boolean;
  /** How long microphone and route are measured, in seconds, 1 to 30. Default 6. */
  seconds?: number;
  /** Is told the loudness of the microphone, 0 to 1, about ten times a second. */
  onLevel?: (level: number) => void;
  /** Ends the trial early: what was measured by then is reported. */
  signal?: AbortSignal;
}
