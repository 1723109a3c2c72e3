/** Turns away browsers in which no call can be made. */
import { CallError } from '../error/call-error.js';
import type { MediaEngine } from './media-port.js';

/** Answers the engine. Throws `CallError` `unsupported_browser`. */
export function supportedEngine(engine: MediaEngine): MediaEngine {
  if (engine.isSupported()) return engine;
  throw new CallError('unsupported_browser');
}
