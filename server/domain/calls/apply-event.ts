/** One event on one call: decided by the pure table, written in one transaction. */
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TimelineRow } from '../ports/rows.js';
import type { CallChange } from '../ports/store.js';
import type { CallEvent, TimelineDraft } from './call-event.js';
import { decideCall } from './decide-call.js';
import { nextDeadline } from './deadlines.js';

/**
 * Applies the event. Answers the record as it is afterwards, or `null` when there is none. An event with an
 * id is applied once, whichever process is told of it.
 */
export async function applyEvent(
  ports: DomainPorts,
  callId: string,
  event: CallEvent,
  eventId?: string,
): Promise<CallRow | null> {
  const now = ports.clock.now();
  const change = (call: CallRow): CallChange | null => changeFor(call, event, now);
  const result = await ports.store.changeCall(callId, change, eventId);
  if (!result) return null;
  if (result.changed && result.call.ended_at) await closeRoom(ports, result.call);
  return result.call;
}

/** What an event does to a record, its timeline and its next deadline. */
export function changeFor(call: CallRow, event: CallEvent, now: Date): CallChange | null {
  const decision = decideCall(call, event, now);
  if (!decision) return null;
  const next = { ...call, ...decision.changes };
  const due = nextDeadline(next);
  return {
    changes: { ...decision.changes, due_at: due?.at ?? null },
    timeline: timelineRows(call.id, decision.timeline, next, now),
  };
}

/** Timeline rows; only the last one says which status it led to. */
export function timelineRows(
  callId: string,
  drafts: readonly TimelineDraft[],
  after: Pick<CallRow, 'status'>,
  at: Date,
): TimelineRow[] {
  return drafts.map((draft, index) => ({
    id: newId('ev'),
    call_id: callId,
    at,
    status: index === drafts.length - 1 ? after.status : null,
    ...draft,
  }));
}

/** Ends the room for everybody. What fails now is tried again by `closeDueCalls`. */
export async function closeRoom(ports: DomainPorts, call: CallRow): Promise<void> {
  try {
    await ports.media.deleteRoom(call.room_name);
  } catch {
    return;
  }
  await ports.store.changeCall(call.id, () => ({ changes: { room_open: false } }));
}
