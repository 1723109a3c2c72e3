/** A background loop that one process at a time runs; when that one dies, another takes over. */
import type { LoopSpec } from './run-loop.js';

/** Who may run a loop; the lease is in the database, so that every process sees the same. */
export interface Leases {
  takeLease(name: string, holder: string, ttlMs: number): Promise<boolean>;
}

const SHORTEST_MS = 5_000;

/** The loop, run only while this process holds its lease; the signal ends when the lease is lost. */
export function claimedLoop(spec: LoopSpec, leases: Leases, holder: string): LoopSpec {
  const ttlMs = Math.max(SHORTEST_MS, 2 * spec.intervalMs);
  const take = (): Promise<boolean> => leases.takeLease(spec.name, holder, ttlMs);
  return {
    ...spec,
    run: async (signal) => {
      if (!(await take())) return;
      const lost = new AbortController();
      const renewal = setInterval(() => {
        void take()
          .catch(() => false)
          .then((held) => {
            if (!held) lost.abort();
          });
      }, ttlMs / 3);
      renewal.unref();
      try {
        await spec.run(AbortSignal.any([signal, lost.signal]));
      } finally {
        clearInterval(renewal);
      }
    },
  };
}
