/** Queries on agents, their versions and the settings of versions. */
import { and, desc, eq, getTableColumns, inArray, lt, not, sql } from 'drizzle-orm';
import { isOlder } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import { agentVersions, agents, versionSettings } from './schema.js';
import { CALL_SETTINGS, leaveSettings, putSettings } from './version-settings.js';
import type { SQL } from 'drizzle-orm';
import type { WidgetSettings } from '../../sdk/wire/widget.js';
import type { AgentVersionRow } from '../domain/ports/rows.js';
import type { AgentStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

const { settings_hash: _hash, ...HEAD } = getTableColumns(agentVersions);
/** Columns of a version with its settings, of a query joined by `SAME_SETTINGS`. */
const WHOLE = { ...HEAD, settings: versionSettings.settings };
/** Columns of a version with the few settings that a call keeps in its own row. */
const CALLABLE = { ...HEAD, ...CALL_SETTINGS };
const SAME_SETTINGS = eq(versionSettings.hash, agentVersions.settings_hash);

/** The queries of `AgentStore` on a database. */
export function createAgentStore(db: Database): AgentStore {
  return {
    async insertAgent(agent, draft) {
      await db.transaction(async (tx) => {
        await tx.insert(agents).values(agent);
        await insertVersion(tx, draft);
      });
    },
    async findAgent(workspaceId, agentId) {
      const [row] = await db
        .select()
        .from(agents)
        .where(and(eq(agents.id, agentId), eq(agents.workspace_id, workspaceId)));
      return row ?? null;
    },
    async listAgents(workspaceId, page) {
      const after = decodeCursor(page.cursor, LISTS.agents);
      const found = await db
        .select()
        .from(agents)
        .where(and(eq(agents.workspace_id, workspaceId), isOlder(agents, after)))
        .orderBy(desc(agents.created_at), desc(agents.id))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.created_at.getTime(), id: row.id }));
    },
    async updateAgent(agentId, changes) {
      await db.update(agents).set(changes).where(eq(agents.id, agentId));
    },
    async listVersions(agentId, page) {
      const after = decodeCursor(page.cursor, LISTS.versions);
      const beyond = after ? lt(agentVersions.version_number, after.value) : undefined;
      const found = await db
        .select(WHOLE)
        .from(agentVersions)
        .innerJoin(versionSettings, SAME_SETTINGS)
        .where(and(eq(agentVersions.agent_id, agentId), beyond))
        .orderBy(desc(agentVersions.version_number))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.version_number, id: row.id }));
    },
    async findVersion(agentId, number) {
      const [row] = await db
        .select(WHOLE)
        .from(agentVersions)
        .innerJoin(versionSettings, SAME_SETTINGS)
        .where(hasNumber(agentId, number));
      return row ?? null;
    },
    async findCallableVersionById(versionId) {
      const [row] = await db
        .select(CALLABLE)
        .from(agentVersions)
        .innerJoin(versionSettings, SAME_SETTINGS)
        .where(eq(agentVersions.id, versionId));
      return row ?? null;
    },
    async findSettings(hash) {
      const [row] = await db
        .select({ settings: versionSettings.settings })
        .from(versionSettings)
        .where(eq(versionSettings.hash, hash));
      return row?.settings ?? null;
    },
    async findWidget(hash) {
      const [row] = await db
        .select({ widget: sql<WidgetSettings | null>`${versionSettings.settings} -> 'widget'` })
        .from(versionSettings)
        .where(eq(versionSettings.hash, hash));
      return row?.widget ?? null;
    },
    async headVersions(agentIds) {
      if (agentIds.length === 0) return [];
      return db
        .selectDistinctOn([agentVersions.agent_id, agentVersions.is_published], CALLABLE)
        .from(agentVersions)
        .innerJoin(versionSettings, SAME_SETTINGS)
        .where(inArray(agentVersions.agent_id, [...agentIds]))
        .orderBy(
          agentVersions.agent_id,
          agentVersions.is_published,
          desc(agentVersions.version_number),
        );
    },
    changeVersion(agentId, which, change) {
      return db.transaction(async (tx) => {
        // The lock on the agent makes editing and publishing wait for each other.
        await tx.select({ id: agents.id }).from(agents).where(eq(agents.id, agentId)).for('update');
        const condition =
          which === 'draft' ? not(agentVersions.is_published) : hasNumber(agentId, which);
        const [found] = await tx
          .select({ ...WHOLE, hash: versionSettings.hash })
          .from(agentVersions)
          .innerJoin(versionSettings, SAME_SETTINGS)
          .where(and(eq(agentVersions.agent_id, agentId), condition))
          .orderBy(desc(agentVersions.version_number))
          .limit(1);
        if (!found) return null;
        const { hash, ...before } = found;
        const { changes, nextDraft } = change(before);
        const after = { ...before, ...changes };
        const { settings, ...columns } = changes;
        const settings_hash = settings ? await putSettings(tx, settings, after.updated_at) : hash;
        await tx
          .update(agentVersions)
          .set({ ...columns, settings_hash })
          .where(eq(agentVersions.id, before.id));
        if (settings_hash !== hash) await leaveSettings(tx, hash, after.updated_at);
        if (nextDraft) await insertVersion(tx, nextDraft);
        return after;
      });
    },
  };
}

/** Inserts a version, and its settings unless they are stored already. */
export async function insertVersion(tx: Database, version: AgentVersionRow): Promise<void> {
  const { settings, ...row } = version;
  const settings_hash = await putSettings(tx, settings, version.updated_at);
  await tx.insert(agentVersions).values({ ...row, settings_hash });
}

function hasNumber(agentId: string, number: number): SQL | undefined {
  return and(eq(agentVersions.agent_id, agentId), eq(agentVersions.version_number, number));
}
