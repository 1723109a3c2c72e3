/** What the element needs of a call: the SDK's own class fits, and so does a stand-in of tests and demos. */
import type { DialNexaWebCall, WebCallOptions } from '../sdk/index.js';

/** The part of `DialNexaWebCall` that the element draws and asks. */
export type CallPort = Pick<
  DialNexaWebCall,
  | 'state'
  | 'muted'
  | 'audioBlocked'
  | 'transcript'
  | 'durationMs'
  | 'start'
  | 'end'
  | 'mute'
  | 'unmute'
  | 'sendText'
  | 'typing'
  | 'resumeAudio'
  | 'warmUp'
  | 'on'
>;

/** Makes a call from options; throws `CallError` when they cannot make one. */
export type CallFactory = (options: WebCallOptions) => CallPort;
