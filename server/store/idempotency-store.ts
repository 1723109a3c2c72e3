/**
 * Queries on answers kept under an `Idempotency-Key`, the cleaning up of what is kept for a day, and the demo's rows.
 */
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
import type { AnswerClaim, IdempotencyStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Number of the advisory lock: the same in every process, and used for nothing else. */
const DEMO_LOCK = 4_170_234;
const DAY_MS = 24 * 3_600_000;
/** A claim that has expired. Rows of servers older than `claimed_until` count as claimed for 30 seconds. */
const IS_VOID = sql`coalesce(${keptAnswers.claimed_until}, ${keptAnswers.created_at} + interval '30 seconds') < clock_timestamp()`;

/** Drops all claims. For a database that this process alone uses: the processes that held them are gone. */
export async function dropClaims(db: Database): Promise<void> {
  await db.delete(keptAnswers).where(isNull(keptAnswers.status));
}

/** The queries of `IdempotencyStore` on a database. */
export function createIdempotencyStore(db: Database): IdempotencyStore {
  const until = (ttlMs: number) => sql`clock_timestamp() + ${ttlMs} * interval '1 millisecond'`;
  const under = ({ workspace_id, key }: AnswerClaim) =>
    and(eq(keptAnswers.workspace_id, workspace_id), eq(keptAnswers.key, key));
  const held = (claim: AnswerClaim) =>
    and(under(claim), eq(keptAnswers.claimant, claim.claimant), isNull(keptAnswers.status));
  return {
    async claimAnswer(claim, fingerprint, now, ttlMs) {
      const row = { ...claim, fingerprint, created_at: now };
      const claimed = await db
        .insert(keptAnswers)
        .values({ ...row, claimed_until: until(ttlMs) })
        .onConflictDoUpdate({
          target: [keptAnswers.workspace_id, keptAnswers.key],
          set: { ...row, claimed_until: until(ttlMs) },
          setWhere: and(isNull(keptAnswers.status), IS_VOID),
        })
        .returning({ key: keptAnswers.key });
      if (claimed.length > 0) return null;
      const [found] = await db.select().from(keptAnswers).where(under(claim));
      return found ? { ...found, body: found.body } : null;
    },
    async renewClaim(claim, ttlMs) {
      await db
        .update(keptAnswers)
        .set({ claimed_until: until(ttlMs) })
        .where(held(claim));
    },
    async keepAnswer(claim, status, body) {
      await db.update(keptAnswers).set({ status, body }).where(held(claim));
    },
    async dropClaim(claim) {
      await db.delete(keptAnswers).where(held(claim));
    },
    async forgetBefore(moment) {
      await db.delete(keptAnswers).where(lt(keptAnswers.created_at, moment));
      await db.delete(mediaHints).where(lt(mediaHints.seen_at, moment));
      await dropUnusedSettings(db, moment);
      await db.delete(rateWindows).where(lt(rateWindows.started_at, moment.getTime()));
      // Usage is counted in whole hours over 24, so it is kept for longer than the rest.
      const dayBefore = new Date(moment.getTime() - DAY_MS);
      await db.delete(keyUsage).where(lt(keyUsage.hour, dayBefore));
    },
    async findDemoPage() {
      const [row] = await db.select().from(demoPage).limit(1);
      return row ?? null;
    },
    insertDemo(demo) {
      return db.transaction(async (tx) => {
        // Several processes may start on an empty database at the same time.
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
