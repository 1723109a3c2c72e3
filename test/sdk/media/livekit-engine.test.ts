/** Holds which browsers calls are tried in. */
import { afterEach, expect, it, vi } from 'vitest';
import { livekitEngine } from '../../../sdk/media/livekit-engine.js';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['without WebRTC', undefined, false],
  ['which needs shims', class {}, false],
  [
    'which needs none',
    class {
      get connectionState() {
        return 'new';
      }
    },
    true,
  ],
])('supports a browser %s: %#', (_, RTCPeerConnection, isSupported) => {
  vi.stubGlobal('RTCPeerConnection', RTCPeerConnection);
  expect(livekitEngine.isSupported()).toBe(isSupported);
});
