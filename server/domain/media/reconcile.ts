/** Compares open calls with the rooms that really exist, so that a lost hint loses nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { inParallel } from '../in-parallel.js';
import { applyEvent } from '../calls/apply-event.js';
import { RETURN_GRACE_MS } from '../calls/deadlines.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { MediaParticipant } from '../ports/media.js';
import type { CallRow } from '../ports/rows.js';

const BATCH = 200;
const WIDTH = 8;
/** The hint of a room's end may be on its way, and tells more than that the room is gone. */
const HINT_MS = 1_500;

/**
 * One round over every open call. Who is in a room is asked only where the record is not settled or the
 * numbers differ, unless the round is `thorough`. Throws when the media server cannot be asked: then
 * nothing is concluded.
 */
export async function reconcile(ports: DomainPorts, thorough = true): Promise<void> {
  for (let afterId: string | undefined; ;) {
    const calls = await ports.store.openCalls(BATCH, afterId);
    if (calls.length > 0) await reconcileBatch(ports, calls, thorough);
    afterId = calls.at(-1)?.id;
    if (calls.length < BATCH) return;
  }
}

async function reconcileBatch(
  ports: DomainPorts,
  calls: readonly CallRow[],
  thorough: boolean,
): Promise<void> {
  const found = await ports.media.listRooms(calls.map((call) => call.room_name));
  const rooms = new Map(found.map((room) => [room.name, room]));
  await inParallel(calls, WIDTH, async (call) => {
    const room = rooms.get(call.room_name);
    if (!room) return;
    if (thorough || room.participants !== settledNumber(call)) await compare(ports, call);
  });
  const gone = calls.filter((call) => !rooms.has(call.room_name) && isOverdue(ports, call));
  if (gone.length === 0) return;
  await wait(HINT_MS);
  await inParallel(gone, WIDTH, (call) => applyEvent(ports, call.id, { type: 'room_finished' }));
}

/** How many are in the room of a call that is under way; `null`: somebody is missing, so look. */
function settledNumber(call: CallRow): number | null {
  const isWhole = call.started_at && call.agent_joined_at;
  return isWhole && !call.caller_left_at && !call.agent_left_at ? 2 : null;
}

/** Before the caller joins there is no room yet, and the grant's own deadline watches. */
function isOverdue(ports: DomainPorts, call: CallRow): boolean {
  if (!call.started_at) return false;
  return ports.clock.now().getTime() - call.started_at.getTime() > RETURN_GRACE_MS;
}

async function compare(ports: DomainPorts, call: CallRow): Promise<void> {
  const there = await ports.media.listParticipants(call.room_name);
  if (!there) return;
  const caller = there.find((one) => one.identity === call.caller_identity && one.active);
  const agent = there.find((one) => one.kind === 'agent' && one.active);
  if (caller && (!call.started_at || call.caller_left_at)) {
    await applyEvent(ports, call.id, { type: 'caller_joined', sid: null, ...since(caller) });
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
    const joined = { type: 'agent_joined' as const, sid: null, identity, ...since(agent) };
    await applyEvent(ports, call.id, joined);
  }
  if (!agent && call.agent_joined_at && !call.agent_left_at) {
    await applyEvent(ports, call.id, {
      type: 'agent_left',
      sid: null,
      reason: 'system_failure',
    });
  }
}

function since({ joinedAt }: MediaParticipant): { at?: Date } {
  return joinedAt ? { at: joinedAt } : {};
}
