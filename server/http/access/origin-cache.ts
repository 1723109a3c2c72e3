/** The origins that keys name, remembered for a few seconds so that a preflight costs no query. */
import { setTimeout as wait } from 'node:timers/promises';
import { originForms } from '../../domain/keys/origin.js';

/** Shortest interval between two queries, however many unknown origins ask. */
const GAP_MS = 250;

/**
 * Asks `load` at most once per `ttlMs`; for an origin that it has not seen, once more, after the question: a key that was
 * made a moment ago works at once, whichever process made it. Requests of unknown origins wait, which bounds the queries.
 */
export function createOriginCache(
  load: () => Promise<readonly string[]>,
  ttlMs = 5_000,
): (origin: string) => Promise<boolean> {
  let origins: ReadonlySet<string> = new Set();
  let loadedAt = -Infinity;
  let beganAt = -Infinity;
  let loading: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const refresh = (): Promise<void> => {
    if (loading) return loading;
    beganAt = performance.now();
    loading = load()
      .then((list) => {
        origins = new Set(list);
        loadedAt = performance.now();
      })
      .catch((error: unknown) => {
        // What was known is better than nothing: a page may then read why its call did not start.
        if (loadedAt === -Infinity) throw error;
      })
      .finally(() => {
        loading = null;
      });
    return loading;
  };
  /** A look that begins after the question. */
  const look = async (): Promise<void> => {
    await loading?.catch(() => undefined);
    await wait(Math.max(0, beganAt + GAP_MS - performance.now()));
    next = null;
    await refresh();
  };

  return async (origin) => {
    const forms = originForms(origin);
    const isKnown = (): boolean => forms.some((form) => origins.has(form));
    if (isKnown() && performance.now() - loadedAt <= ttlMs) return true;
    await (next ??= look());
    return isKnown();
  };
}
