/** Queries that make repeats harmless, and the demo's seed. */
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { insertVersion } from './agent-store.js';
import {
  agents,
  apiKeys,
  demoPage,
  keptAnswers,
  keyUsage,
  mediaHints,
  rateWindows,
  workspaces,
} from './schema.js';
import { dropUnusedSettings } from './version-settings.js';
import type { IdempotencyStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Any number will do as long as every process uses the same. */
const DEMO_LOCK = 4_170_234;
const DAY_MS = 24 * 3_600_000;

/** Binds the queries to a database. */
export function createIdempotencyStore(db: Database): IdempotencyStore {
  const kept = (workspaceId: string, key: string) =>
    and(eq(keptAnswers.workspace_id, workspaceId), eq(keptAnswers.key, key));
  return {
    async claimAnswer(row, staleAt) {
      const claimed = await db
        .insert(keptAnswers)
        .values(row)
        .onConflictDoUpdate({
          target: [keptAnswers.workspace_id, keptAnswers.key],
          set: { fingerprint: row.fingerprint, created_at: row.created_at },
          setWhere: and(isNull(keptAnswers.status), lt(keptAnswers.created_at, staleAt)),
        })
        .returning({ key: keptAnswers.key });
      if (claimed.length > 0) return null;
      const [found] = await db.select().from(keptAnswers).where(kept(row.workspace_id, row.key));
      return found ? { ...found, body: found.body } : null;
    },
    async keepAnswer(workspaceId, key, status, body) {
      await db.update(keptAnswers).set({ status, body }).where(kept(workspaceId, key));
    },
    async dropAnswer(workspaceId, key) {
      await db.delete(keptAnswers).where(kept(workspaceId, key));
    },
    async forgetBefore(moment) {
      await db.delete(keptAnswers).where(lt(keptAnswers.created_at, moment));
      await db.delete(mediaHints).where(lt(mediaHints.seen_at, moment));
      await dropUnusedSettings(db, moment);
      await db.delete(rateWindows).where(lt(rateWindows.started_at, moment.getTime()));
      // Its hours count for a little longer than a day.
      const dayBefore = new Date(moment.getTime() - DAY_MS);
      await db.delete(keyUsage).where(lt(keyUsage.hour, dayBefore));
    },
    async findDemoPage() {
      const [row] = await db.select().from(demoPage).limit(1);
      return row ?? null;
    },
    insertDemo(demo) {
      return db.transaction(async (tx) => {
        // Several processes may start on an empty database at the same moment.
        await tx.execute(sql`select pg_advisory_xact_lock(${DEMO_LOCK})`);
        const [there] = await tx.select().from(demoPage).limit(1);
        if (there) return false;
        await tx.insert(workspaces).values(demo.workspace);
        await tx.insert(apiKeys).values(demo.keys);
        await tx.insert(agents).values(demo.agent);
        for (const version of demo.versions) await insertVersion(tx, version);
        await tx.insert(demoPage).values(demo.page);
        return true;
      });
    },
  };
}
