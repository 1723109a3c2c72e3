/** The loops that keep every call's record true, whatever was lost on the way. */
import type { LoopSpec } from './run-loop.js';
import type { Domain } from '../domain/create-domain.js';

/** Deadlines every second, rooms every ten, old rows every five minutes. */
export function callLoops(
  domain: Pick<Domain, 'closeDueCalls' | 'reconcile' | 'cleanUp'>,
): LoopSpec[] {
  return [
    {
      name: 'due_calls',
      intervalMs: 1_000,
      run: async () => {
        await domain.closeDueCalls();
      },
    },
    { name: 'reconcile', intervalMs: 10_000, run: () => domain.reconcile() },
    { name: 'clean_up', intervalMs: 300_000, run: () => domain.cleanUp() },
  ];
}
