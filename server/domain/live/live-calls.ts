/** Following calls while they go on: what is stored is read from the database, so that any process can tell of any call. */
import { setTimeout as wait } from 'node:timers/promises';
import { ofWorkspace } from '../calls/of-workspace.js';
import { showTimeline, showTurn } from '../calls/show-call.js';
import { DomainError } from '../errors/domain-error.js';
import { isoOrNull } from '../iso.js';
import { noteReading } from '../audit/audit.js';
import { checkStillGood } from '../keys/authenticate.js';
import type { Principal } from '../keys/principal.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { CallRow } from '../ports/rows.js';
import type { LiveMoment, LivePosition, PlacedEvent } from './live-event.js';
import { LiveRooms } from './live-rooms.js';

/** Whoever follows, in this process. */
const MAX_OF_CALL = 10;
const MAX_OF_WORKSPACE = 100;
const POLL_MS = 500;
/** Between words that still change. */
const MOMENT_MS = 100;
/** What was said at the end is told a moment later. */
const LATE_WORDS_MS = 2_500;
const BATCH = 200;

/** How somebody follows a call. */
export interface FollowOptions {
  /** `null`: from the beginning. */
  after: LivePosition | null;
  signal: AbortSignal;
}

/** Who follows which call in this process. */
export interface LiveCalls {
  /**
   * Everything from `after` on, then what happens; `null` now and then when nothing does. Ends after `ended`, and without
   * it when this process stops or the key is good no longer. Throws `not_found`, or `conflict` when too many follow.
   */
  follow(
    principal: Principal,
    callId: string,
    options: FollowOptions,
  ): Promise<AsyncGenerator<PlacedEvent | null, void>>;
  stop(): void;
}

/** Nobody follows at first. */
export function createLiveCalls(ports: DomainPorts): LiveCalls {
  const rooms = new LiveRooms(ports.roomListener);
  const counts = new Map<string, number>();
  const stopping = new AbortController();
  const count = (name: string, by: number): void => {
    const now = (counts.get(name) ?? 0) + by;
    if (now > 0) counts.set(name, now);
    else counts.delete(name);
  };

  /** Says `null` as soon as it counts. */
  async function* events(
    principal: Principal,
    callId: string,
    { after, signal: given }: FollowOptions,
  ): AsyncGenerator<PlacedEvent | null, void> {
    const { workspaceId } = principal;
    const signal = AbortSignal.any([given, stopping.signal]);
    const moments = new Map<string, LiveMoment>();
    const hear = (moment: LiveMoment): void => {
      moments.set(`${moment.type} ${moment.role}`, moment);
    };
    const position = { ...(after ?? { timeline: 0, turn: 0 }) };
    let status: CallRow['status'] | null = null;
    count(workspaceId, 1);
    count(callId, 1);
    try {
      await noteReading(ports, principal, 'call_followed', callId);
      yield null;
      while (!signal.aborted) {
        if (!(await mayFollow(ports, principal))) return;
        const news = await ports.store.findCallNews(callId, position, BATCH);
        if (!news) return;
        const { call, timeline, turns } = news;
        if (call.status !== status) {
          status = call.status;
          yield { event: stateOf(call), position: null };
        }
        for (const { position: at, ...row } of timeline) {
          position.timeline = at;
          const event = { type: 'timeline', event: showTimeline(row) } as const;
          yield { event, position: { ...position } };
        }
        for (const { position: at, ...row } of turns) {
          position.turn = at;
          yield { event: { type: 'turn', turn: showTurn(row, call) }, position: { ...position } };
        }
        if (timeline.length === BATCH || turns.length === BATCH) continue;
        if (isOver(call, ports.clock.now())) {
          yield { event: endOf(call), position: { ...position } };
          return;
        }
        rooms.follow(call, hear);
        const until = Date.now() + POLL_MS;
        do {
          await wait(MOMENT_MS, undefined, { signal }).catch(() => undefined);
          for (const event of moments.values()) yield { event, position: null };
          moments.clear();
        } while (Date.now() < until && !signal.aborted);
        yield null;
      }
    } finally {
      rooms.leave(callId, hear);
      count(workspaceId, -1);
      count(callId, -1);
    }
  }

  return {
    follow: async (principal, callId, options) => {
      ofWorkspace(principal, await ports.store.findCall(callId));
      if ((counts.get(callId) ?? 0) >= MAX_OF_CALL) {
        throw DomainError.conflict(`${MAX_OF_CALL} follow this call already.`);
      }
      if ((counts.get(principal.workspaceId) ?? 0) >= MAX_OF_WORKSPACE) {
        throw DomainError.conflict(`${MAX_OF_WORKSPACE} calls of this workspace are followed.`);
      }
      const followed = events(principal, callId, options);
      // At once, so that of many that come together none is overlooked.
      await followed.next();
      return followed;
    },
    stop: () => stopping.abort(),
  };
}

/** The stream of a key that was revoked ends; who reads on is told why. */
async function mayFollow(ports: DomainPorts, principal: Principal): Promise<boolean> {
  try {
    await checkStillGood(ports, principal);
    return true;
  } catch (fault) {
    if (fault instanceof DomainError) return false;
    throw fault;
  }
}

function stateOf(call: CallRow): PlacedEvent['event'] {
  const { status } = call;
  return {
    type: 'state',
    status,
    started_at: isoOrNull(call.started_at),
    answered_at: isoOrNull(call.answered_at),
  };
}

function isOver(call: CallRow, now: Date): boolean {
  if (call.sensitive_delete) return true;
  return call.ended_at !== null && now.getTime() - call.ended_at.getTime() >= LATE_WORDS_MS;
}

function endOf(call: CallRow): PlacedEvent['event'] {
  return {
    type: 'ended',
    status: call.status,
    end_reason: call.end_reason,
    ended_at: isoOrNull(call.ended_at),
    duration_ms: call.duration_ms,
    turn_count: call.turn_count,
  };
}
