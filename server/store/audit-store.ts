/** Queries on the audit. */
import { and, desc, eq, lt } from 'drizzle-orm';
import { audit } from './audit-table.js';
import { isOneOf, isWithin } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import type { AuditStore } from '../domain/ports/audit-store.js';
import type { Database } from './database.js';

/** The queries of `AuditStore` on a database. */
export function createAuditStore(db: Database): AuditStore {
  return {
    async addAudit(row) {
      await db.insert(audit).values(row);
    },
    async listAudit(workspaceId, filters, page) {
      const after = decodeCursor(page.cursor, LISTS.audit);
      const found = await db
        .select()
        .from(audit)
        .where(
          and(
            eq(audit.workspace_id, workspaceId),
            isOneOf(audit.action, filters.action),
            isOneOf(audit.call_id, filters.call_id),
            isOneOf(audit.key_id, filters.key_id),
            isWithin(audit.at, filters),
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
