/** Queries that make repeats harmless, and the demo's seed. */
import { and, eq, lt } from 'drizzle-orm';
import {
  agentVersions,
  agents,
  apiKeys,
  demoPage,
  keptAnswers,
  mediaHints,
  workspaces,
} from './schema.js';
import type { OnceStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Binds the queries to a database. */
export function createOnceStore(db: Database): OnceStore {
  const kept = (workspaceId: string, key: string) =>
    and(eq(keptAnswers.workspace_id, workspaceId), eq(keptAnswers.key, key));
  return {
    async rememberHint(id, at) {
      const fresh = await db
        .insert(mediaHints)
        .values({ id, seen_at: at })
        .onConflictDoNothing()
        .returning({ id: mediaHints.id });
      return fresh.length > 0;
    },
    async claimAnswer(row) {
      const claimed = await db
        .insert(keptAnswers)
        .values(row)
        .onConflictDoNothing()
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
    },
    async findDemoPage() {
      const [row] = await db.select().from(demoPage).limit(1);
      return row ?? null;
    },
    async insertDemo(demo) {
      await db.transaction(async (tx) => {
        await tx.insert(workspaces).values(demo.workspace);
        await tx.insert(apiKeys).values(demo.keys);
        await tx.insert(agents).values(demo.agent);
        await tx.insert(agentVersions).values(demo.versions);
        await tx.insert(demoPage).values(demo.page);
      });
    },
  };
}
