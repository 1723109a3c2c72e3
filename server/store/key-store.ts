/** Queries on API keys and workspaces. */
import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { isOlder } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import { apiKeys, workspaces } from './schema.js';
import type { KeyStore } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** The queries of `KeyStore` on a database. */
export function createKeyStore(db: Database): KeyStore {
  return {
    async findKeyByHash(keyHash) {
      const [row] = await db.select().from(apiKeys).where(eq(apiKeys.key_hash, keyHash));
      return row ?? null;
    },
    async findKey(keyId) {
      const [row] = await db.select().from(apiKeys).where(eq(apiKeys.id, keyId));
      return row ?? null;
    },
    async insertKey(row) {
      await db.insert(apiKeys).values(row);
    },
    async listKeys(workspaceId, page) {
      const after = decodeCursor(page.cursor, LISTS.keys);
      const found = await db
        .select()
        .from(apiKeys)
        .where(and(eq(apiKeys.workspace_id, workspaceId), isOlder(apiKeys, after)))
        .orderBy(desc(apiKeys.created_at), desc(apiKeys.id))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.created_at.getTime(), id: row.id }));
    },
    async revokeKey(workspaceId, keyId, at) {
      const [row] = await db
        .update(apiKeys)
        .set({ revoked_at: sql`coalesce(${apiKeys.revoked_at}, ${at.toISOString()}::timestamptz)` })
        .where(and(eq(apiKeys.id, keyId), eq(apiKeys.workspace_id, workspaceId)))
        .returning();
      return row ?? null;
    },
    changeKey: (workspaceId, keyId, change) =>
      db.transaction(async (tx) => {
        const isKey = and(eq(apiKeys.id, keyId), eq(apiKeys.workspace_id, workspaceId));
        const [before] = await tx.select().from(apiKeys).where(isKey).for('update');
        if (!before) return null;
        const changes = change(before);
        if (Object.keys(changes).length === 0) return before;
        const [after] = await tx.update(apiKeys).set(changes).where(isKey).returning();
        return after ?? null;
      }),
    async touchKey(keyId, at) {
      await db.update(apiKeys).set({ last_used_at: at }).where(eq(apiKeys.id, keyId));
    },
    async setKeyOrigins(keyId, origins) {
      await db.update(apiKeys).set({ allowed_origins: origins }).where(eq(apiKeys.id, keyId));
    },
    async publishableOrigins() {
      // Origins of revoked keys too: their pages must be able to read, across origins, why a request is refused.
      const rows = await db
        .select({ origins: apiKeys.allowed_origins })
        .from(apiKeys)
        .where(eq(apiKeys.kind, 'publishable'));
      return [...new Set(rows.flatMap((row) => row.origins))];
    },
    async findWorkspace(workspaceId) {
      const [row] = await db.select().from(workspaces).where(eq(workspaces.id, workspaceId));
      return row ?? null;
    },
    async firstWorkspace(name) {
      const [row] = await db
        .select()
        .from(workspaces)
        .where(name === undefined ? undefined : eq(workspaces.name, name))
        .orderBy(asc(workspaces.created_at), asc(workspaces.id))
        .limit(1);
      return row ?? null;
    },
    async putWorkspace(row) {
      const { concurrency_limit, open_calls_per_address, open_calls_per_visitor } = row;
      const set = { concurrency_limit, open_calls_per_address, open_calls_per_visitor };
      await db.insert(workspaces).values(row).onConflictDoUpdate({ target: workspaces.id, set });
    },
  };
}
