/** Queries on agents and versions. */
import { and, desc, eq, inArray, lt, not, or } from 'drizzle-orm';
import { decodeCursor, pageOf } from './cursor.js';
import { agentVersions, agents } from './schema.js';
import type { AgentStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Binds the queries to a database. */
export function createAgentStore(db: Database): AgentStore {
  return {
    async insertAgent(agent, draft) {
      await db.transaction(async (tx) => {
        await tx.insert(agents).values(agent);
        await tx.insert(agentVersions).values(draft);
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
      const after = decodeCursor(page.cursor);
      const at = new Date(after?.value ?? 0);
      const beyond = after
        ? or(lt(agents.created_at, at), and(eq(agents.created_at, at), lt(agents.id, after.id)))
        : undefined;
      const found = await db
        .select()
        .from(agents)
        .where(and(eq(agents.workspace_id, workspaceId), beyond))
        .orderBy(desc(agents.created_at), desc(agents.id))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.created_at.getTime(), id: row.id }));
    },
    async updateAgent(agentId, changes) {
      await db.update(agents).set(changes).where(eq(agents.id, agentId));
    },
    async listVersions(agentId, page) {
      const after = decodeCursor(page.cursor);
      const beyond = after ? lt(agentVersions.version_number, after.value) : undefined;
      const found = await db
        .select()
        .from(agentVersions)
        .where(and(eq(agentVersions.agent_id, agentId), beyond))
        .orderBy(desc(agentVersions.version_number))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.version_number, id: row.id }));
    },
    async findVersion(agentId, number) {
      const [row] = await db
        .select()
        .from(agentVersions)
        .where(and(eq(agentVersions.agent_id, agentId), eq(agentVersions.version_number, number)));
      return row ?? null;
    },
    async findVersionById(versionId) {
      const [row] = await db.select().from(agentVersions).where(eq(agentVersions.id, versionId));
      return row ?? null;
    },
    async headVersions(agentIds) {
      if (agentIds.length === 0) return [];
      return db
        .selectDistinctOn([agentVersions.agent_id, agentVersions.is_published])
        .from(agentVersions)
        .where(inArray(agentVersions.agent_id, [...agentIds]))
        .orderBy(
          agentVersions.agent_id,
          agentVersions.is_published,
          desc(agentVersions.version_number),
        );
    },
    changeVersion(agentId, which, change) {
      return db.transaction(async (tx) => {
        // Whoever edits and whoever publishes wait for each other here.
        await tx.select({ id: agents.id }).from(agents).where(eq(agents.id, agentId)).for('update');
        const [before] = await tx
          .select()
          .from(agentVersions)
          .where(
            and(
              eq(agentVersions.agent_id, agentId),
              which === 'draft'
                ? not(agentVersions.is_published)
                : eq(agentVersions.version_number, which),
            ),
          )
          .orderBy(desc(agentVersions.version_number))
          .limit(1);
        if (!before) return null;
        const { changes, nextDraft } = change(before);
        const [after] = await tx
          .update(agentVersions)
          .set(changes)
          .where(eq(agentVersions.id, before.id))
          .returning();
        if (nextDraft) await tx.insert(agentVersions).values(nextDraft);
        return after ?? before;
      });
    },
  };
}
