/** Queries on the audit. */
import { and, desc, eq, gte, inArray, lt, lte } from 'drizzle-orm';
import { audit } from './audit-table.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import type { AuditStore } from '../domain/ports/audit-store.js';
import type { Database } from './database.js';

/** The queries of `AuditStore` on a database. */
export function createAuditStore(db: Database): AuditStore {
  return {
    async addAudit(row) {
      await db.insert(audit).values(row);
    },
    async listAudit(workspaceId, { action, call_id, key_id, start_date, end_date }, page) {
      const after = decodeCursor(page.cursor, LISTS.audit);
      const found = await db
        .select()
        .from(audit)
        .where(
          and(
            eq(audit.workspace_id, workspaceId),
            action
              ? inArray(audit.action, action as (typeof audit.$inferSelect)['action'][])
              : undefined,
            call_id ? inArray(audit.call_id, [...call_id]) : undefined,
            key_id ? inArray(audit.key_id, [...key_id]) : undefined,
            start_date ? gte(audit.at, new Date(start_date)) : undefined,
            end_date ? lte(audit.at, new Date(end_date)) : undefined,
            after ? lt(audit.position, after.value) : undefined,
          ),
        )
        .orderBy(desc(audit.position))
        .limit(page.limit + 1);
      const { rows, cursor } = pageOf(found, page.limit, (row) => ({
        value: row.position,
        id: row.id,
      }));
      return { rows: rows.map(({ position: _position, ...row }) => row), cursor };
    },
  };
}
