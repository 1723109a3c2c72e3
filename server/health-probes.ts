/** What the server looks at to know whether it can serve. */
import { probeLivekit } from './livekit/probe-livekit.js';
import type { LivekitConfig } from './livekit/livekit-config.js';
import type { Finding, Probe } from './workers/health-watch.js';

const LIVEKIT_TIMEOUT_MS = 2_500;

/** Everything that is watched. */
export interface HealthProbes extends Record<'database' | 'livekit', Probe> {
  database: Probe;
  livekit: Probe;
}

/** Binds the probes to this server's database and LiveKit. */
export function healthProbes(ping: () => Promise<void>, livekit: LivekitConfig): HealthProbes {
  return {
    database: () => ping().then((): Finding => ({ ok: true }), wordDatabase),
    livekit: () => probeLivekit({ ...livekit, timeoutMs: LIVEKIT_TIMEOUT_MS }),
  };
}

function wordDatabase(error: unknown): Finding {
  const isTold = error instanceof Error && error.name === 'StoreError' && 'fault' in error;
  if (isTold) return { ok: false, reason: String(error.fault), detail: error.message };
  return { ok: false, reason: 'unknown', detail: 'The database does not answer.' };
}
