/** Queries on the queue of what is left to do for calls that have ended. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { callWork } from './call-work-table.js';
import { oweEvent } from './owe-webhooks.js';
import { calls } from './schema.js';
import type { AnalysisChange, CallWorkStore, ClaimedWork } from '../domain/ports/call-work.js';
import type { Database } from './database.js';

const ANEW = {
  attempts: 0,
  claimed_by: null,
  claimed_until: null,
  error: null,
  dead_at: null,
} as const;

/** Queues the work on a call, or begins it anew when it is due; in the transaction that ends the call. */
export async function queueWork(
  db: Database,
  callIds: readonly string[],
  due_at: Date,
): Promise<void> {
  await db
    .insert(callWork)
    .values(callIds.map((call_id) => ({ call_id, due_at, ...ANEW })))
    .onConflictDoUpdate({ target: callWork.call_id, set: { due_at, ...ANEW } });
}

/**
 * Queues a call whose work is done, or somebody is at: whoever is at it keeps it, and it is due again then. What nobody
 * has begun, or was given up, stays as it is.
 */
export async function queueMore(db: Database, call_id: string, due_at: Date): Promise<void> {
  await db
    .insert(callWork)
    .values({ call_id, due_at, ...ANEW })
    .onConflictDoUpdate({
      target: callWork.call_id,
      set: { due_at },
      setWhere: and(isNotNull(callWork.claimed_by), lt(callWork.due_at, due_at)),
    });
}

/** The queries of `CallWorkStore` on a database. */
export function createCallWorkStore(db: Database): CallWorkStore {
  const held = (work: ClaimedWork) =>
    and(eq(callWork.call_id, work.call_id), eq(callWork.claimed_by, work.claimed_by));
  const mayHoldAnalysis = and(
    isNotNull(calls.ended_at),
    eq(calls.opt_out_sensitive_data_storage, false),
    eq(calls.sensitive_delete, false),
  );
  return {
    async claimWork(claimant, now, until, limit) {
      const due = db
        .select({ id: callWork.call_id })
        .from(callWork)
        .where(
          and(
            isNull(callWork.dead_at),
            lte(callWork.due_at, now),
            or(isNull(callWork.claimed_until), lte(callWork.claimed_until, now)),
          ),
        )
        .orderBy(asc(callWork.due_at))
        .limit(limit)
        .for('update', { skipLocked: true });
      const rows = await db
        .update(callWork)
        .set({
          claimed_by: claimant,
          claimed_until: until,
          attempts: sql`${callWork.attempts} + 1`,
        })
        .where(inArray(callWork.call_id, due))
        .returning();
      return rows.map((row) => ({ ...row, claimed_by: claimant }));
    },
    keepAnalysis: (work, change) =>
      db.transaction(async (tx) => {
        // The call first, as whoever ends or erases it locks it.
        const [call] = await tx
          .select({
            id: calls.id,
            workspace_id: calls.workspace_id,
            mayHold: sql<boolean>`${mayHoldAnalysis}`,
          })
          .from(calls)
          .where(eq(calls.id, work.call_id))
          .for('update');
        const [claim] = await tx.select({ id: callWork.call_id }).from(callWork).where(held(work));
        if (!call || !claim) return false;
        const kept: AnalysisChange = call.mayHold ? change : { analysis_status: 'none' };
        await tx.update(calls).set(kept).where(eq(calls.id, work.call_id));
        if (kept.analysis_status === 'completed' || kept.analysis_status === 'failed') {
          const now = new Date();
          await oweEvent(tx, call, { event_type: 'call_analyzed', due_at: now }, now);
        }
        return call.mayHold;
      }),
    async finishWork(work) {
      const done = await db
        .delete(callWork)
        .where(and(held(work), lte(callWork.due_at, work.due_at)))
        .returning({ id: callWork.call_id });
      // There is news since it was claimed.
      if (done.length === 0) await db.update(callWork).set(ANEW).where(held(work));
    },
    async postponeWork(work, change) {
      await db
        .update(callWork)
        .set({ ...change, claimed_by: null, claimed_until: null })
        .where(held(work));
    },
    async hastenWork(callId, due) {
      await db
        .update(callWork)
        .set({ due_at: due })
        .where(
          and(
            eq(callWork.call_id, callId),
            eq(callWork.attempts, 0),
            isNull(callWork.claimed_by),
            gt(callWork.due_at, due),
          ),
        );
    },
    requeueWork: (workspaceId, callIds, due) =>
      db.transaction(async (tx) => {
        if (callIds.length === 0) return [];
        const queued = await tx
          .update(calls)
          .set({ analysis_status: 'queued' })
          .where(
            and(
              inArray(calls.id, [...callIds]),
              eq(calls.workspace_id, workspaceId),
              mayHoldAnalysis,
            ),
          )
          .returning({ id: calls.id });
        const ids = queued.map(({ id }) => id);
        if (ids.length > 0) await queueWork(tx, ids, due);
        return callIds.filter((id) => ids.includes(id));
      }),
  };
}
