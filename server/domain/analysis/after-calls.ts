/** The work that is left once a call has ended: claimed from the queue, done step by step, tried again, given up. */
import { newId } from '../ids.js';
import { inParallel } from '../in-parallel.js';
import type { ClaimedWork } from '../ports/call-work.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import { giveUpAnalysis } from './analyse-call.js';
import { CallWorkError } from './call-work-error.js';
import { MAX_ATTEMPTS, backOffMs } from '../back-off.js';

/** Calls at once: an analysis waits for a model most of the time. */
const WIDTH = 16;
/** Longer than one attempt can take; a process that died has its work taken over then. */
const CLAIM_MS = 180_000;

/** One step. Safe to repeat: after a fault, and after a crash, all of them are done again. */
export type AfterCallStep = (ports: DomainPorts, work: ClaimedWork) => Promise<void>;

/**
 * Does what is due, until nothing is or the signal is aborted. A step that fails is told on the work, and holds up no other;
 * the error of one that is no `CallWorkError` is thrown in the end as well, for the log.
 */
export async function afterCalls(
  ports: DomainPorts,
  steps: readonly AfterCallStep[],
  signal?: AbortSignal,
): Promise<void> {
  const faults: unknown[] = [];
  for (;;) {
    if (signal?.aborted) return;
    const now = ports.clock.now();
    const until = new Date(now.getTime() + CLAIM_MS);
    const claimed = await ports.store.claimWork(newId('claim'), now, until, WIDTH);
    await inParallel(claimed, WIDTH, async (work) => {
      const fault = await doWork(ports, steps, work);
      if (fault !== null && !(fault instanceof CallWorkError)) faults.push(fault);
    });
    if (claimed.length < WIDTH) break;
  }
  if (faults.length > 0) throw faults[0];
}

async function doWork(
  ports: DomainPorts,
  steps: readonly AfterCallStep[],
  work: ClaimedWork,
): Promise<unknown> {
  const faults: unknown[] = [];
  for (const step of steps) await step(ports, work).catch((fault: unknown) => faults.push(fault));
  try {
    if (faults.length > 0) throw faults[0];
    await ports.store.finishWork(work);
    return null;
  } catch (fault) {
    const now = ports.clock.now();
    const isLast = work.attempts >= MAX_ATTEMPTS;
    const error = fault instanceof CallWorkError ? fault.message : CallWorkError.broke().message;
    if (isLast) await giveUpAnalysis(ports, work, error);
    await ports.store.postponeWork(work, {
      due_at: new Date(now.getTime() + backOffMs(work.attempts)),
      error,
      dead_at: isLast ? now : null,
    });
    return fault;
  }
}
