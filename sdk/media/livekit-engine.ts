/** Entry of the media chunk, which is loaded with `import()` when a call is wanted, and never with the page. */
import { LogLevel, isBrowserSupported, setLogLevel } from './livekit.js';
import { LivekitSession } from './livekit-session.js';
import type { MediaEngine } from './media-port.js';

setLogLevel(LogLevel.error);

/** `MediaEngine` over `livekit-client`. */
export const livekitEngine: MediaEngine = {
  isSupported: () => isBrowserSupported(),
  createSession: (listener) => new LivekitSession(listener),
};
