/** Loads the media chunk, at the first sign that a call is wanted. */
import { CallError } from '../error/call-error.js';
import { isOffline } from '../page/is-offline.js';
import { isNamedBy } from '../page/policy-watch.js';
import { underPagePolicy } from '../page/under-page-policy.js';
import type { MediaEngine } from './media-port.js';

let loading: Promise<MediaEngine> | null = null;

/** The LiveKit engine. A failed load is not cached: the next call tries again. */
export function loadMedia(): Promise<MediaEngine> {
  loading ??= underPagePolicy(
    async () => (await import('./livekit-engine.js')).livekitEngine,
    isNamedBy,
  ).catch((cause: unknown) => {
    loading = null;
    if (cause instanceof CallError) throw cause;
    throw new CallError(isOffline() ? 'offline' : 'media_code_failed', { cause });
  });
  return loading;
}
