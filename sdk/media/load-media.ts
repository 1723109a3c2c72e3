/** Loads the media chunk, at the first sign that a call is wanted. */
import { loadCode } from './load-code.js';
import type { MediaEngine } from './media-port.js';

let loading: Promise<MediaEngine> | null = null;

/** The LiveKit engine. A failed load is not cached: the next call tries again. */
export function loadMedia(): Promise<MediaEngine> {
  loading ??= loadCode(async () => (await import('./livekit-engine.js')).livekitEngine).catch(
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}
