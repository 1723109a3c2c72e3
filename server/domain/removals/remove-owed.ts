/** Objects of what was erased: owed with the erasure, removed until they are gone. */
import { backOffMs } from '../back-off.js';
import { inParallel } from '../in-parallel.js';
import { RemovalError } from './removal-error.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { OwedRemoval } from '../ports/owed-removals.js';

/** Objects a query, and at once. */
const BATCH = 100;
const WIDTH = 8;

/**
 * Removes what is owed. Answers why it could not, `null`: it is gone. It is tried again after growing pauses, and once more
 * when nothing can be written there any longer.
 */
export async function removeOwed(
  { store, objects, clock }: DomainPorts,
  row: OwedRemoval,
): Promise<unknown> {
  try {
    await objects.remove(row.name);
  } catch (fault) {
    const attempts = row.attempts + 1;
    const due_at = new Date(clock.now().getTime() + backOffMs(attempts));
    await store.postponeRemoval(row, { due_at, attempts });
    return fault;
  }
  if (clock.now() >= row.grows_until) await store.settleRemoval(row);
  else await store.postponeRemoval(row, { due_at: row.grows_until, attempts: 0 });
  return null;
}

/** One round: what is due. In the end throws an error that says how many of it failed, and why the first did. */
export async function removeDue(ports: DomainPorts, signal?: AbortSignal): Promise<void> {
  const faults: unknown[] = [];
  for (;;) {
    if (signal?.aborted) return;
    const due = await ports.store.dueRemovals(ports.clock.now(), BATCH);
    await inParallel(due, WIDTH, async (row) => {
      const fault = await removeOwed(ports, row);
      if (fault !== null) faults.push(fault);
    });
    if (due.length < BATCH) break;
  }
  if (faults.length > 0) throw new RemovalError(faults.length, faults[0]);
}
