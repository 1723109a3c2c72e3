/** Queries on the objects that are to be removed. */
import { and, asc, count, eq, gt, lte } from 'drizzle-orm';
import { owedRemovals } from './owed-removals-table.js';
import type { OwedRemovals, OwedRemoval } from '../domain/ports/owed-removals.js';
import type { Database } from './database.js';

/** Owes a removal, from the beginning where it was owed before; in the transaction that erases. */
export async function oweRemoval(db: Database, row: OwedRemoval): Promise<void> {
  await db
    .insert(owedRemovals)
    .values(row)
    .onConflictDoUpdate({ target: owedRemovals.name, set: row });
}

/** The queries of `OwedRemovals` on a database. */
export function createOwedRemovals(db: Database): OwedRemovals {
  // One that was owed anew meanwhile is another.
  const same = ({ name, grows_until }: OwedRemoval) =>
    and(eq(owedRemovals.name, name), eq(owedRemovals.grows_until, grows_until));
  return {
    oweRemoval: (row) => oweRemoval(db, row),
    dueRemovals: (now, limit) =>
      db
        .select()
        .from(owedRemovals)
        .where(lte(owedRemovals.due_at, now))
        .orderBy(asc(owedRemovals.due_at))
        .limit(limit),
    async postponeRemoval(row, change) {
      await db.update(owedRemovals).set(change).where(same(row));
    },
    async settleRemoval(row) {
      await db.delete(owedRemovals).where(same(row));
    },
    async countFailedRemovals() {
      const [row] = await db
        .select({ total: count() })
        .from(owedRemovals)
        .where(gt(owedRemovals.attempts, 0));
      return row?.total ?? 0;
    },
  };
}
