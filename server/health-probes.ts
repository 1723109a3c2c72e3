/** What the server looks at to know whether it can serve. */
import { probeLivekit } from './livekit/probe-livekit.js';
import type { LivekitConfig } from './livekit/livekit-config.js';
import type { ProbeResult, Probe } from './workers/health-watch.js';

const LIVEKIT_TIMEOUT_MS = 2_500;

/** Everything that is watched. */
export interface HealthProbes extends Record<'database' | 'livekit' | 'recordings', Probe> {
  database: Probe;
  livekit: Probe;
  recordings: Probe;
}

/** What a probe of the server's own asks. */
export interface Pingable {
  ping(): Promise<void>;
}

/** Binds the probes to this server's database, recordings and LiveKit. */
export function healthProbes(
  database: Pingable,
  recordings: Pingable,
  livekit: LivekitConfig,
): HealthProbes {
  return {
    database: () => database.ping().then(well, wordOf('StoreError', 'The database')),
    // A call can be held, and its recording handed in later.
    recordings: async () => {
      const word = wordOf('ObjectStoreError', 'The place of the recordings');
      return { ...(await recordings.ping().then(well, word)), needed: false };
    },
    livekit: () => probeLivekit({ ...livekit, timeoutMs: LIVEKIT_TIMEOUT_MS }),
  };
}

function well(): ProbeResult {
  return { ok: true };
}

function wordOf(name: string, what: string): (error: unknown) => ProbeResult {
  return (error) => {
    const isTold = error instanceof Error && error.name === name && 'fault' in error;
    if (isTold) return { ok: false, reason: String(error.fault), detail: error.message };
    return { ok: false, reason: 'unknown', detail: `${what} does not answer.` };
  };
}
