/** The origins that keys name, remembered for a few seconds so that a preflight costs no query. */

/** Asks `load` at most once per `ttlMs`, and once more early for an origin it has not seen. */
export function createOriginCache(
  load: () => Promise<readonly string[]>,
  ttlMs = 5_000,
  now: () => number = Date.now,
): (origin: string) => Promise<boolean> {
  let origins: ReadonlySet<string> = new Set();
  let loadedAt = -Infinity;
  let loading: Promise<void> | null = null;

  const refresh = (): Promise<void> => {
    loading ??= load()
      .then((list) => {
        origins = new Set(list);
        loadedAt = now();
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

  return async (origin) => {
    const age = now() - loadedAt;
    // A key made a moment ago must work at once; strangers may cost one query a second, not more.
    if (age > ttlMs || (age > 1_000 && !origins.has(origin))) await refresh();
    return origins.has(origin);
  };
}
