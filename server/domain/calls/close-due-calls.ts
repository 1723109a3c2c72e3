/** Background work on calls: deadlines that passed, rooms still to delete, recordings still to close. */
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import { inParallel } from '../in-parallel.js';
import { applyEvent, closeRoom } from './apply-event.js';
import { closeRecording } from '../recordings/close-recording.js';
import { noteFindings } from './note-findings.js';

const BATCH = 200;
/** Calls handled at once: each can be held up for a request's timeout by a media server that hangs. */
const WIDTH = 16;
/** An agent that has reported no outcome by then was probably killed; a later one is still accepted. */
const NO_OUTCOME_MS = 15_000;
/** When to stop trying to delete a room: LiveKit closes an empty one long before. */
const ROOM_GIVE_UP_MS = 3_600_000;

/** Answers how many calls it looked at. */
export async function closeDueCalls(ports: DomainPorts): Promise<number> {
  const due = await ports.store.dueCalls(ports.clock.now(), BATCH);
  await inParallel(due, WIDTH, (id) => applyEvent(ports, id, { type: 'time_passed' }));
  const unfinished = await ports.store.unfinishedCalls(BATCH);
  await inParallel(unfinished, WIDTH, (call) => finish(ports, call));
  return due.length + unfinished.length;
}

/** Ends every open call because this machine stops. */
export async function endOpenCalls(ports: DomainPorts, detail: string): Promise<number> {
  const calls = await ports.store.openCalls(10_000);
  await inParallel(calls, WIDTH, (call) =>
    applyEvent(ports, call.id, { type: 'server_stopped', detail }),
  );
  return calls.length;
}

async function finish(ports: DomainPorts, call: CallRow): Promise<void> {
  const sinceEnd = ports.clock.now().getTime() - (call.ended_at?.getTime() ?? 0);
  // Normally the agent's outcome closes it at once.
  if (call.recording_status === 'recording' && sinceEnd >= NO_OUTCOME_MS) {
    await closeRecording(ports, call.id);
    // Whether it lacks a part is known only now.
    await noteFindings(ports, call.id);
  }
  if (!call.room_open) return;
  if (sinceEnd < ROOM_GIVE_UP_MS) await closeRoom(ports, call);
  else await ports.store.changeCall(call.id, () => ({ changes: { room_open: false } }));
}
