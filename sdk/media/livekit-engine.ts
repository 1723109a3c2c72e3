/** Entry of the media chunk, which is loaded with `import()` when a call is wanted, and never with the page. */
import { LogLevel, setLogLevel } from './livekit.js';
import { LivekitSession } from './livekit-session.js';
import type { MediaEngine } from './media-port.js';

// A call tells what failed by itself; LiveKit writes errors for channels that it closes when it connects again.
setLogLevel(LogLevel.silent);

/** `MediaEngine` over `livekit-client`. */
export const livekitEngine: MediaEngine = {
  // Firefox came last to this, with version 113. Older browsers would need shims, which scripts/bundle/ leaves away.
  isSupported: () =>
    typeof RTCPeerConnection !== 'undefined' && 'connectionState' in RTCPeerConnection.prototype,
  createSession: (listener, measureMs) => new LivekitSession(listener, measureMs),
};
