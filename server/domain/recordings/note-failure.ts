/** Tells on the record that its recording could not be stored. */
import { withLateNews } from '../after-end.js';
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { TimelineRow } from '../ports/rows.js';
import { withinCall } from '../within-call.js';

/** The first failure of a call, whatever comes of the chunk when it is sent again. `fault`: what the object store threw. */
export async function noteFailure(
  ports: DomainPorts,
  callId: string,
  fault: unknown,
): Promise<void> {
  const now = ports.clock.now();
  const row = { id: newId('ev'), call_id: callId, type: 'recording_failed' } as const;
  const reason = systemCodeOf(fault);
  const detail = { error: 'storage_unavailable', ...(reason ? { reason } : {}) };
  await ports.store.changeCall(
    callId,
    (call) => {
      const at = withinCall(call, now, now);
      const timeline: TimelineRow[] = [{ ...row, source: 'server', status: null, detail, at }];
      return withLateNews(call, { changes: {}, timeline }, now);
    },
    `recording_failed ${callId}`,
  );
}

/** The operating system's word for it, e.g. `ENOSPC`: no message, which may name folders and hosts. */
function systemCodeOf(fault: unknown): string | null {
  for (let at = fault; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^E[A-Z]+$/.test(at.code)) return at.code;
  }
  return null;
}
