/** The loops that keep every call's record true, whatever was lost on the way. */
import type { LoopSpec } from './run-loop.js';
import type { Domain } from '../domain/create-domain.js';

/**
 * Deadlines every second; rooms every two, and thoroughly every thirty, those of trials as well; what is older than it is kept every minute; old rows every five;
 * webhooks every second. What `claim` is given is work for one process at a time; listening, and what is left to do after
 * a call, are claimed call by call, and webhooks delivery by delivery.
 */
export function callLoops(
  domain: Pick<
    Domain,
    | 'closeDueCalls'
    | 'eraseOld'
    | 'reconcile'
    | 'closeTrials'
    | 'listen'
    | 'afterCalls'
    | 'cleanUp'
    | 'deliverWebhooks'
    | 'tidyWebhooks'
  >,
  claim: (spec: LoopSpec) => LoopSpec,
): LoopSpec[] {
  const closeDueCalls = async (): Promise<void> => {
    await domain.closeDueCalls();
  };
  return [
    claim({ name: 'due_calls', intervalMs: 1_000, run: closeDueCalls }),
    claim({ name: 'reconcile', intervalMs: 2_000, run: () => domain.reconcile(false) }),
    claim({ name: 'reconcile_all', intervalMs: 30_000, run: () => domain.reconcile(true) }),
    claim({ name: 'trials', intervalMs: 30_000, run: () => domain.closeTrials() }),
    { name: 'listen', intervalMs: 5_000, run: () => domain.listen() },
    { name: 'webhooks', intervalMs: 1_000, run: () => domain.deliverWebhooks() },
    claim({ name: 'tidy_webhooks', intervalMs: 60_000, run: () => domain.tidyWebhooks() }),
    { name: 'after_calls', intervalMs: 1_000, run: (signal) => domain.afterCalls(signal) },
    claim({ name: 'retention', intervalMs: 60_000, run: (signal) => domain.eraseOld(signal) }),
    claim({ name: 'clean_up', intervalMs: 300_000, run: () => domain.cleanUp() }),
  ];
}
