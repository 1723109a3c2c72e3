/** Loads the media chunk once, on the first sign that a call is wanted. */
import { CallError } from '../error/call-error.js';
import type { MediaEngine } from './media-port.js';

let loading: Promise<MediaEngine> | null = null;

/** The LiveKit engine. A failed load is not remembered: the next call tries again. */
export function loadMedia(): Promise<MediaEngine> {
  loading ??= import('./livekit-engine.js').then(
    (chunk) => chunk.livekitEngine,
    (cause: unknown) => {
      loading = null;
      throw new CallError('media_code_failed', { cause });
    },
  );
  return loading;
}
