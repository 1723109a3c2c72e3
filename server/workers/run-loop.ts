/** A background loop: runs its work, waits, runs again, until told to stop; an error never ends it. */
import { setTimeout as wait } from 'node:timers/promises';

/** What a loop tells about itself. */
export interface LoopLog {
  error(fields: Record<string, unknown>, message: string): void;
}

/** One loop. */
export interface LoopSpec {
  name: string;
  intervalMs: number;
  run(signal: AbortSignal): Promise<void>;
}

/** Resolves when the signal is aborted and the work under way has ended. */
export async function runLoop(spec: LoopSpec, signal: AbortSignal, log: LoopLog): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await spec.run(signal);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (!signal.aborted && isWorthALine(failures)) {
        log.error({ loop: spec.name, failures, err: error }, 'background loop failed');
      }
    }
    await wait(spec.intervalMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** The first failure, and then ever more rarely: an hour's outage must not fill the disk. */
function isWorthALine(failures: number): boolean {
  return (failures & (failures - 1)) === 0;
}
