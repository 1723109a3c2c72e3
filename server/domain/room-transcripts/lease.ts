/** The lease on listening to a call: held by one process at a time, and it expires, so that another can take over. */
import { withLateNews } from '../after-end.js';
import { turnRows } from '../jobs/turn-rows.js';
import type { ReportedTurn } from '../jobs/turn-rows.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';

const LEASE_MS = 15_000;
/** How long after the call's end its last turns are still accepted. */
const LATE_MS = 60_000;

/** Takes or renews the lease, and answers the call; `null` when another process holds it, or nobody needs to listen. */
export async function takeLease(
  ports: DomainPorts,
  callId: string,
  listenerId: string,
): Promise<CallRow | null> {
  const now = ports.clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const result = await ports.store.changeCall(callId, (call) =>
    needsEars(call) && isFreeFor(call, listenerId, now)
      ? { changes: { listener_id: listenerId, listener_until: until } }
      : null,
  );
  return result?.changed ? result.call : null;
}

/** Releases the lease, so that another process need not wait for it to expire. */
export async function dropLease(
  ports: DomainPorts,
  callId: string,
  listenerId: string,
): Promise<void> {
  await ports.store.changeCall(callId, (call) =>
    call.listener_id === listenerId
      ? { changes: { listener_id: null, listener_until: null } }
      : null,
  );
}

/** Stores the turns, unless the agent now reports the call itself or another process holds the lease. */
export async function addHeardTurns(
  ports: DomainPorts,
  callId: string,
  listenerId: string,
  told: readonly ReportedTurn[],
): Promise<void> {
  const now = ports.clock.now();
  await ports.store.changeCall(callId, (call) => {
    if (call.job_token_hash !== null || call.listener_id !== listenerId) return null;
    if (call.ended_at && now.getTime() - call.ended_at.getTime() > LATE_MS) return null;
    const turns = turnRows(call, told, 'room', now);
    return turns.length === 0 ? null : withLateNews(call, { changes: {}, turns }, now);
  });
}

function needsEars(call: CallRow): boolean {
  return (
    call.ended_at === null && call.job_token_hash === null && !call.opt_out_sensitive_data_storage
  );
}

function isFreeFor(call: CallRow, listenerId: string, now: Date): boolean {
  const { listener_id: holder, listener_until: until } = call;
  return holder === null || holder === listenerId || until === null || until <= now;
}
