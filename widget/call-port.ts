/** The port of the call: what the element needs of `DialNexaWebCall`. Tests and demos pass their own. */
import type { DialNexaWebCall, WebCallOptions } from '../sdk/index.js';

/** The part of `DialNexaWebCall` that the element uses. */
export type CallPort = Pick<
  DialNexaWebCall,
  | 'state'
  | 'muted'
  | 'audioBlocked'
  | 'transcript'
  | 'durationMs'
  | 'start'
  | 'resume'
  | 'end'
  | 'mute'
  | 'unmute'
  | 'sendText'
  | 'sendContext'
  | 'sendDigits'
  | 'registerTool'
  | 'typing'
  | 'resumeAudio'
  | 'rate'
  | 'diagnostics'
  | 'devices'
  | 'setMicrophone'
  | 'setSpeaker'
  | 'setVolume'
  | 'warmUp'
  | 'on'
>;

/** Creates a call from options. Throws `CallError` when they cannot make one. */
export type CallFactory = (options: WebCallOptions) => CallPort;
