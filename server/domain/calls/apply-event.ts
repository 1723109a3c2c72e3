/** One event on one call: decided by the pure table, written in one transaction. */
import { newId } from '../ids.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow, TimelineRow } from '../ports/rows.js';
import type { CallChange, CallHolder, CallOccupancy } from '../ports/store.js';
import type { CallEvent, TimelineDraft } from './call-event.js';
import { ceilingsOf, limitReached } from './call-limits.js';
import { decideCall } from './decide-call.js';
import { queuedAnalysis, workDue } from '../after-end.js';
import { nextDeadline } from './deadlines.js';
import { isInAdvance } from './in-advance.js';
import { recordedWithin } from '../recordings/recorded-within.js';

/** What ends a call without anybody's doing. */
const NOBODYS: readonly CallEvent['type'][] = ['time_passed', 'server_stopped'];

/**
 * Applies the event. Answers the record as it is afterwards, or `null` when there is none (any more). An event with an
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
  const { call, changed, isDropped = false } = result;
  if (changed && (call.ended_at || isDropped)) await closeRoom(ports, call);
  return isDropped ? null : call;
}

/** What an event does to a record, its timeline and its next deadline. */
export function changeFor(call: CallRow, event: CallEvent, now: Date): CallChange | null {
  const decision = decideCall(call, event, now);
  if (!decision) return null;
  const isAdvance = isInAdvance(call);
  if (isAdvance && decision.changes.ended_at && NOBODYS.includes(event.type)) {
    return { changes: {}, isDropped: true };
  }
  const turnedAway =
    isAdvance && decision.changes.started_at ? changeFor(call, { type: 'turned_away' }, now) : null;
  const next = { ...call, ...decision.changes };
  const due = nextDeadline(next);
  const end = decision.changes.ended_at;
  return {
    changes: {
      ...decision.changes,
      ...(end ? queuedAnalysis(call) : {}),
      // Its job is over, and nothing else may have needed them.
      ...(end && call.opt_out_sensitive_data_storage ? { variables: {} } : {}),
      due_at: due?.at ?? null,
      ...(end ? { recording_bytes: recordedWithin(next, call.recording_bytes) } : {}),
    },
    // It may lie before what was told meanwhile: whoever hung up had a while to come back.
    ...(end ? { endsAt: end, workDueAt: workDue(end, now) } : {}),
    timeline: timelineRows(call.id, decision.timeline, next, now),
    ...(turnedAway ? { unless: { refuse: isOneTooMany(now), instead: turnedAway } } : {}),
  };
}

/** One that joins waits no more, whatever else its address has waiting. */
function isOneTooMany(now: Date): (found: CallOccupancy & CallHolder) => boolean {
  return (found) => {
    const ceilings = { ...ceilingsOf(found), waiting_calls_per_address: null };
    return limitReached(found, ceilings, now) !== null;
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
