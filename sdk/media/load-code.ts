/** Loads a part of the SDK that is needed later than the page. */
import { CallError } from '../error/call-error.js';
import { isOffline } from '../page/is-offline.js';
import { isNamedBy } from '../page/policy-watch.js';
import { underPagePolicy } from '../page/under-page-policy.js';

/** Resolves with what `load` imports. Rejects with `CallError`, which names the page's policy where that forbids it. */
export function loadCode<T>(load: () => Promise<T>): Promise<T> {
  return underPagePolicy(load, isNamedBy).catch((cause: unknown) => {
    if (cause instanceof CallError) throw cause;
    throw new CallError(isOffline() ? 'offline' : 'media_code_failed', { cause });
  });
}
