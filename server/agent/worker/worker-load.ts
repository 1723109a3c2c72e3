/** The load that this worker reports to LiveKit, which distributes jobs by it. */
import { availableParallelism, loadavg } from 'node:os';

/** LiveKit gives nothing to a worker at its target load, 0.7 unless configured, and never asks again for that call. */
const MOST = 0.65;

/**
 * The last minute's load of a core, at most 0.65: a busy moment must not turn a caller away, since capacity is
 * the server's to keep; the less busy of several workers still gets more.
 */
export function workerLoad(): Promise<number> {
  const [lastMinute = 0] = loadavg();
  return Promise.resolve(Math.min(MOST, lastMinute / availableParallelism()));
}
