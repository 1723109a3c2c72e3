/** Queries of explanations: a call's version among those of its agent, and the codes of its findings. */
import { and, eq, isNotNull, lte, ne, sql } from 'drizzle-orm';
import { agentVersions, calls, versionSettings } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { ExplanationStore, VersionFactsRow } from '../domain/ports/explanation-store.js';
import type { Database } from './database.js';

type StartType = VersionFactsRow['conversation_start_type'];

/** The queries of `ExplanationStore` on a database. */
export function createExplanationStore(db: Database): ExplanationStore {
  return {
    async findVersionFacts({ settings_hash, agent_id, created_at }) {
      const { settings } = versionSettings;
      const highest = (condition?: SQL): SQL<number | null> =>
        sql`(select max(${agentVersions.version_number}) from ${agentVersions} where ${and(
          eq(agentVersions.agent_id, agent_id),
          isNotNull(agentVersions.published_at),
          condition,
        )})`;
      const [row] = await db
        .select({
          conversation_start_type: sql<StartType>`${settings}->>'conversation_start_type'`,
          pause_before_speaking_sec: sql<number>`coalesce((${settings}->>'pause_before_speaking_sec')::float8, 0)`,
          newest_then: highest(lte(agentVersions.published_at, created_at)),
          newest_now: highest(),
        })
        .from(versionSettings)
        .where(eq(versionSettings.hash, settings_hash));
      return row ?? null;
    },
    async noteFindings(callId, codes) {
      await db
        .update(calls)
        .set({ findings: [...codes] })
        .where(and(eq(calls.id, callId), ne(calls.findings, [...codes])));
    },
  };
}
