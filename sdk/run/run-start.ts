/** How a call of a `DialNexaWebCall` is started. */
import type { ResumedCall } from './kept-call.js';

/** What the start of one call is given. */
export interface RunStart {
  microphone: boolean | MediaStreamTrack;
  /** Whether the agent is not heard. */
  textOnly: boolean;
  signal: AbortSignal | undefined;
  /** A call of the page before; `null`: a new one. */
  resumed: ResumedCall | null;
}

/** Earlier calls of the same object, which a new call waits for. */
export interface EarlierCalls {
  /** Whether all of them have reported their end: then this call may be shown already. */
  over: boolean;
  /** Resolves when all of them have released everything. */
  gone: Promise<void>;
}
