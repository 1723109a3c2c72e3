/** Compares open calls with the rooms that really exist, so that a lost hint loses nothing. */
import { applyEvent } from '../calls/apply-event.js';
import { RETURN_GRACE_MS } from '../calls/deadlines.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';

const BATCH = 500;

/** One round. Throws when the media server cannot be asked: then nothing is concluded. */
export async function reconcile(ports: DomainPorts): Promise<void> {
  const calls = await ports.store.openCalls(BATCH);
  if (calls.length === 0) return;
  const rooms = new Set((await ports.media.listRooms()).map((room) => room.name));
  for (const call of calls) {
    if (rooms.has(call.room_name)) await compare(ports, call);
    else await roomIsGone(ports, call);
  }
}

async function roomIsGone(ports: DomainPorts, call: CallRow): Promise<void> {
  // Before the caller joins there is no room yet, and the grant's own deadline watches.
  if (!call.started_at) return;
  const age = ports.clock.now().getTime() - call.started_at.getTime();
  if (age > RETURN_GRACE_MS) await applyEvent(ports, call.id, { type: 'room_finished' });
}

async function compare(ports: DomainPorts, call: CallRow): Promise<void> {
  const there = await ports.media.listParticipants(call.room_name);
  if (!there) return;
  const caller = there.find((one) => one.identity === call.caller_identity && one.active);
  const agent = there.find((one) => one.kind === 'agent' && one.active);
  if (caller && (!call.started_at || call.caller_left_at)) {
    await applyEvent(ports, call.id, { type: 'caller_joined', sid: null });
  }
  if (!caller && call.started_at && !call.caller_left_at) {
    await applyEvent(ports, call.id, {
      type: 'caller_left',
      sid: null,
      reason: 'user_disconnected',
    });
  }
  if (agent && (!call.agent_joined_at || call.agent_left_at)) {
    const { identity } = agent;
    await applyEvent(ports, call.id, { type: 'agent_joined', sid: null, identity });
  }
  if (!agent && call.agent_joined_at && !call.agent_left_at) {
    await applyEvent(ports, call.id, {
      type: 'agent_left',
      sid: null,
      reason: 'system_failure',
    });
  }
}
