/** Compares open calls with the rooms that really exist, so that a lost webhook loses nothing. */
import { setTimeout as wait } from 'node:timers/promises';
import { inParallel } from '../in-parallel.js';
import { applyEvent } from '../calls/apply-event.js';
import { RETURN_GRACE_MS } from '../calls/deadlines.js';
import type { CallEvent } from '../calls/call-event.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { MediaParticipant } from '../ports/media.js';
import type { CallRow } from '../ports/rows.js';
import type { RoomObserver } from './room-observer.js';

const BATCH = 200;
const WIDTH = 8;
/** No agent that is on its way is slower than this to claim its job, unless the media server knows better. */
const FORSAKEN_MS = 6_500;
/** Wait before concluding that somebody left: the webhook may be on its way, and gives the reason. */
const HINT_MS = 1_500;
const CALLER_LEFT = { type: 'caller_left', sid: null, reason: 'user_disconnected' } as const;
const AGENT_LEFT = { type: 'agent_left', sid: null, reason: 'system_failure' } as const;

/**
 * One round over every open call. Who is in a room is asked only where the record is not settled or the
 * numbers differ, unless the round is `thorough`. Throws when the media server cannot be asked: then
 * nothing is concluded. `observer` is told of every call whose caller or agent was found to have joined.
 */
export async function reconcile(
  ports: DomainPorts,
  thorough = true,
  observer?: RoomObserver,
): Promise<void> {
  for (let afterId: string | undefined; ;) {
    const calls = await ports.store.openCalls(BATCH, afterId);
    if (calls.length > 0) await reconcileBatch(ports, calls, thorough, observer);
    afterId = calls.at(-1)?.id;
    if (calls.length < BATCH) return;
  }
}

async function reconcileBatch(
  ports: DomainPorts,
  calls: readonly CallRow[],
  thorough: boolean,
  observer: RoomObserver | undefined,
): Promise<void> {
  const found = await ports.media.listRooms(calls.map((call) => call.room_name));
  const rooms = new Map(found.map((room) => [room.name, room]));
  const thinned: CallRow[] = [];
  await inParallel(calls, WIDTH, async (call) => {
    const room = rooms.get(call.room_name);
    if (!room || (!thorough && room.participants === settledNumber(call))) return;
    const there = await ports.media.listParticipants(call.room_name);
    if (!there) return;
    if (await noteArrivals(ports, call, there)) observer?.participantJoined(call.id);
    // Two rounds may be under way, and one of them asks.
    else if (!thorough && isForsaken(ports, call, there)) await askAgain(ports, call);
    if (departures(call, there).length > 0) thinned.push(call);
  });
  const gone = calls.filter((call) => !rooms.has(call.room_name) && isOverdue(ports, call));
  if (gone.length + thinned.length === 0) return;
  await wait(HINT_MS);
  await inParallel(thinned, WIDTH, (call) => noteDepartures(ports, call));
  await inParallel(gone, WIDTH, (call) => applyEvent(ports, call.id, { type: 'room_finished' }));
}

/** Expected participants of a call with both caller and agent; `null` when one is missing, so the room must be listed. */
function settledNumber(call: CallRow): number | null {
  const isWhole = call.started_at && call.agent_joined_at;
  return isWhole && !call.caller_left_at && !call.agent_left_at ? 2 : null;
}

/** Before the caller joins there is no room yet, and the grant's own deadline watches. */
function isOverdue(ports: DomainPorts, call: CallRow): boolean {
  if (!call.started_at) return false;
  return ports.clock.now().getTime() - call.started_at.getTime() > RETURN_GRACE_MS;
}

/** Whether the caller waits, and nothing was heard of an agent. */
function isForsaken(
  ports: DomainPorts,
  call: CallRow,
  there: readonly MediaParticipant[],
): boolean {
  const isAlone = present(call, there).caller && !there.some(({ kind }) => kind === 'agent');
  if (!isAlone || !call.started_at || isTaken(call)) return false;
  return ports.clock.now().getTime() - call.started_at.getTime() >= FORSAKEN_MS;
}

function isTaken(call: CallRow): boolean {
  return call.agent_joined_at !== null || call.job_token_hash !== null;
}

/** What fails is tried in the next round. */
async function askAgain(ports: DomainPorts, { id, room_name: room }: CallRow): Promise<void> {
  const call = await ports.store.findCall(id);
  if (!call || call.ended_at || isTaken(call)) return;
  const answer = await ports.media.askAgentAgain(room).catch(() => 'unknown' as const);
  if (answer === 'asked') await applyEvent(ports, id, { type: 'agent_asked_again' });
  if (answer === 'coming') await applyEvent(ports, id, { type: 'agent_coming' });
}

/** Whether a participant was found that the record did not have. */
async function noteArrivals(
  ports: DomainPorts,
  call: CallRow,
  there: readonly MediaParticipant[],
): Promise<boolean> {
  const { caller, agent } = present(call, there);
  const isNewCaller = caller && (!call.started_at || call.caller_left_at);
  if (isNewCaller) {
    await applyEvent(ports, call.id, { type: 'caller_joined', sid: null, ...since(caller) });
  }
  const isNewAgent = agent && (!call.agent_joined_at || call.agent_left_at);
  if (isNewAgent) {
    const { identity } = agent;
    const joined = { type: 'agent_joined' as const, sid: null, identity, ...since(agent) };
    await applyEvent(ports, call.id, joined);
  }
  return Boolean(isNewCaller) || Boolean(isNewAgent);
}

/** Reads call and room again, since a participant may have come back, or the webhook with the reason may have arrived. */
async function noteDepartures(ports: DomainPorts, { id }: CallRow): Promise<void> {
  const call = await ports.store.findCall(id);
  const there = call && (await ports.media.listParticipants(call.room_name));
  for (const event of there ? departures(call, there) : []) await applyEvent(ports, id, event);
}

function departures(call: CallRow, there: readonly MediaParticipant[]): CallEvent[] {
  const { caller, agent } = present(call, there);
  const hasCallerLeft = !caller && call.started_at && !call.caller_left_at;
  const hasAgentLeft = !agent && call.agent_joined_at && !call.agent_left_at;
  return [
    ...(hasCallerLeft ? [CALLER_LEFT] : []),
    // No webhook said that it hung up.
    ...(hasAgentLeft ? [AGENT_LEFT] : []),
  ];
}

function present(call: CallRow, there: readonly MediaParticipant[]) {
  return {
    caller: there.find((one) => one.identity === call.caller_identity && one.active),
    agent: there.find((one) => one.kind === 'agent' && one.active),
  };
}

function since({ joinedAt }: MediaParticipant): { at?: Date } {
  return joinedAt ? { at: joinedAt } : {};
}
