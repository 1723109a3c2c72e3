/** Queries on call records. A change of a call and the rows that it adds (timeline, turns) are one transaction. */
import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  gte,
  isNotNull,
  isNull,
  lte,
  not,
  notLike,
  or,
  sql,
} from 'drizzle-orm';
import { CALL_COLUMNS } from './call-columns.js';
import { IS_IN_ADVANCE } from './call-filter.js';
import { findCallNews } from './call-news.js';
import {
  endEvidence,
  findEvidence,
  findEvidenceRow,
  listTransfers,
  writeEvidence,
} from './evidence.js';
import { queueMore, queueWork } from './call-work-store.js';
import { findCallBasis, holdAndCount, insertCall } from './insert-call.js';
import { oweEvent, owedByChange } from './owe-webhooks.js';
import { calls, keyUsage, mediaHints, timeline, turns } from './schema.js';
import { TURN_COLUMNS } from './turn-columns.js';
import type { CallRow, NewTurnRow, TimelineRow, TurnRow } from '../domain/ports/rows.js';
import type { CallChange, CallStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

const HOUR_MS = 3_600_000;

/** The queries of `CallStore` on a database. */
export function createCallStore(db: Database): CallStore {
  const findCall = async (callId: string): Promise<CallRow | null> => {
    const [row] = await db.select(CALL_COLUMNS).from(calls).where(eq(calls.id, callId));
    return row ?? null;
  };
  return {
    findCallBasis: (workspaceId, keyId, wanted) => findCallBasis(db, workspaceId, keyId, wanted),
    insertCall: (call, rows, ceilings, former) => insertCall(db, call, rows, ceilings, former),
    changeCall: (callId, change, onceId) => changeCall(db, callId, change, onceId),

    findCall,
    async findWholeCall(callId) {
      const [row] = await db.select().from(calls).where(eq(calls.id, callId));
      return row ?? null;
    },
    async findCallByRoom(roomName) {
      const [row] = await db.select(CALL_COLUMNS).from(calls).where(eq(calls.room_name, roomName));
      return row ?? null;
    },
    async listTimeline(callId) {
      const rows = await db
        .select()
        .from(timeline)
        .where(eq(timeline.call_id, callId))
        .orderBy(asc(timeline.at), asc(timeline.position));
      return rows.map(({ position: _position, ...row }): TimelineRow => row);
    },
    async listTurns(callId) {
      const rows = await db
        .select(TURN_COLUMNS)
        .from(turns)
        .where(eq(turns.call_id, callId))
        .orderBy(asc(turns.started_at), asc(turns.position));
      return rows.map(({ position: _position, ...row }): TurnRow => row);
    },
    findCallNews: (callId, after, limit) =>
      findCallNews(db, () => findCall(callId), callId, after, limit),
    findEvidence: (callId) => findEvidence(db, callId),
    listTransfers: (callId) => listTransfers(db, callId),
    changeEvidence: (callId, change) =>
      changeCall(db, callId, async (call, tx) => change(call, await findEvidenceRow(tx, callId))),
    async noteLatency(callId) {
      const median = sql`percentile_disc(0.5) within group (order by (${turns.latency}->>'total_ms')::float8)`;
      const known = sql`(select ${median} from ${turns} where ${turns.call_id} = ${callId})`;
      await db
        .update(calls)
        .set({ latency_ms: sql`coalesce(${known}, ${calls.latency_ms})` })
        .where(eq(calls.id, callId));
    },
    async dueCalls(now, limit) {
      const rows = await db
        .select({ id: calls.id })
        .from(calls)
        .where(and(isNull(calls.ended_at), lte(calls.due_at, now)))
        .orderBy(asc(calls.due_at))
        .limit(limit);
      return rows.map((row) => row.id);
    },
    async unheardCalls(now, limit) {
      const rows = await db
        .select({ id: calls.id })
        .from(calls)
        .where(
          and(
            isNull(calls.ended_at),
            isNull(calls.job_token_hash),
            isNotNull(calls.started_at),
            isNotNull(calls.agent_joined_at),
            or(isNull(calls.listener_until), lte(calls.listener_until, now)),
          ),
        )
        .orderBy(asc(calls.started_at))
        .limit(limit);
      return rows.map((row) => row.id);
    },
    openCalls: (limit, afterId = '') =>
      db
        .select(CALL_COLUMNS)
        .from(calls)
        .where(and(isNull(calls.ended_at), gt(calls.id, afterId)))
        .orderBy(asc(calls.id))
        .limit(limit),
    unfinishedCalls: (limit) =>
      db
        .select(CALL_COLUMNS)
        .from(calls)
        .where(
          and(
            isNotNull(calls.ended_at),
            or(eq(calls.room_open, true), eq(calls.recording_status, 'recording')),
          ),
        )
        // Recordings first: rooms that cannot be deleted now must not keep recordings from being finished.
        .orderBy(desc(eq(calls.recording_status, 'recording')), asc(calls.ended_at))
        .limit(limit),
    async countCalls() {
      const rows = await db
        .select({ status: calls.status, total: count() })
        .from(calls)
        .where(not(IS_IN_ADVANCE))
        .groupBy(calls.status);
      return Object.fromEntries(rows.map(({ status, total }) => [status, total]));
    },
  };
}

/** Locks the call, lets `change` decide, and writes the change with its rows; see `CallStore.changeCall`. */
const changeCall = (
  db: Database,
  callId: string,
  change: (call: CallRow, tx: Database) => CallChange | null | Promise<CallChange | null>,
  onceId?: string,
): ReturnType<CallStore['changeCall']> =>
  db.transaction(async (tx) => {
    const [before] = await tx
      .select(CALL_COLUMNS)
      .from(calls)
      .where(eq(calls.id, callId))
      .for('update');
    if (!before) return null;
    let wanted = await change(before, tx);
    if (!wanted) return { call: before, changed: false };
    if (onceId !== undefined && !(await noteOnce(tx, onceId)))
      return { call: before, changed: false };
    if (wanted.isDropped) {
      await tx.delete(timeline).where(eq(timeline.call_id, callId));
      await tx.delete(calls).where(eq(calls.id, callId));
      return { call: before, changed: true, isDropped: true };
    }
    const { unless } = wanted;
    if (unless?.refuse(await holdAndCount(tx, before))) wanted = unless.instead;
    if (wanted.dropTurns) {
      await tx
        .delete(turns)
        .where(and(eq(turns.call_id, callId), eq(turns.source, wanted.dropTurns)));
    }
    const changes = { ...wanted.changes };
    if (wanted.endsAt) {
      const gone = await cutTurns(tx, callId, wanted.endsAt);
      if (gone > 0) changes.turn_count = before.turn_count - gone;
      await moveReports(tx, callId, wanted.endsAt);
      await endEvidence(tx, callId, wanted.endsAt);
    }
    const added = wanted.turns?.length ? await insertTurns(tx, wanted.turns) : 0;
    if (added > 0) changes.turn_count = (changes.turn_count ?? before.turn_count) + added;
    // The row is locked, so this is what it holds after the update.
    const call: CallRow = { ...before, ...changes };
    if (Object.keys(changes).length > 0) {
      await tx.update(calls).set(changes).where(eq(calls.id, callId));
      if (before.ended_at === null) await addKeyUsage(tx, call);
    }
    if (wanted.workDueAt) await queueWork(tx, [callId], wanted.workDueAt);
    else if (wanted.findingsDueAt) await queueMore(tx, callId, wanted.findingsDueAt);
    if (wanted.timeline?.length) await tx.insert(timeline).values(wanted.timeline);
    const transfers = await writeEvidence(tx, callId, wanted);
    const now = new Date();
    for (const owed of owedByChange(before, call, transfers, now)) {
      await oweEvent(tx, call, owed, now);
    }
    return { call, changed: true };
  });

/** Adds the duration of a call that has ended to the usage of its key, in the hour of its end. */
async function addKeyUsage(tx: Database, call: CallRow): Promise<void> {
  const { started_at: started, ended_at: ended, route } = call;
  if (!started || !ended || route.api_key_id === null) return;
  const hour = new Date(Math.floor(ended.getTime() / HOUR_MS) * HOUR_MS);
  const talk_ms = Math.max(0, ended.getTime() - started.getTime());
  await tx
    .insert(keyUsage)
    .values({ key_id: route.api_key_id, hour, talk_ms })
    .onConflictDoUpdate({
      target: [keyUsage.key_id, keyUsage.hour],
      set: { talk_ms: sql`${keyUsage.talk_ms} + excluded.talk_ms` },
    });
}

/**
 * Cuts turns off at the end of the call. Deletes turns of the agent that began after it, which nobody heard, and
 * returns how many.
 */
async function cutTurns(tx: Database, callId: string, end: Date): Promise<number> {
  const ofCall = eq(turns.call_id, callId);
  const isAgents = eq(turns.role, 'agent');
  const gone = await tx
    .delete(turns)
    .where(and(ofCall, isAgents, gte(turns.started_at, end)))
    .returning({ id: turns.turn_id });
  const over = gt(turns.ended_at, end);
  await tx
    .update(turns)
    .set({ interrupted: true })
    .where(and(ofCall, isAgents, over));
  await tx
    .update(turns)
    .set({ started_at: sql`least(${turns.started_at}, ${end})`, ended_at: end })
    .where(and(ofCall, over));
  return gone.length;
}

/**
 * Moves events that the agent reported after the end of the call back to it. Not `agent_…` events: the agent may leave
 * later.
 */
async function moveReports(tx: Database, callId: string, end: Date): Promise<void> {
  await tx
    .update(timeline)
    .set({ at: end })
    .where(
      and(
        eq(timeline.call_id, callId),
        eq(timeline.source, 'agent'),
        notLike(timeline.type, 'agent\\_%'),
        gt(timeline.at, end),
      ),
    );
}

/** Inserts the turns that are not stored yet, and returns how many that were. */
async function insertTurns(tx: Database, rows: NewTurnRow[]): Promise<number> {
  const fresh = await tx
    .insert(turns)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: turns.turn_id });
  return fresh.length;
}

/** Notes an id of `changeCall`; false when it was noted before. */
async function noteOnce(tx: Database, onceId: string): Promise<boolean> {
  const fresh = await tx
    .insert(mediaHints)
    .values({ id: onceId, seen_at: new Date() })
    .onConflictDoNothing()
    .returning({ id: mediaHints.id });
  return fresh.length > 0;
}
