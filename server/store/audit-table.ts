/** The table of the audit: who read or erased what was said. It outlives the calls that it tells of. */
import { bigserial, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { AuditRow } from '../domain/ports/audit-store.js';

/** One row for each reading and each erasure. */
export const audit = pgTable(
  'audit',
  {
    id: text('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    workspace_id: text('workspace_id').notNull(),
    at: timestamp('at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    action: text('action').$type<AuditRow['action']>().notNull(),
    call_id: text('call_id'),
    key_id: text('key_id'),
    address: text('address'),
    detail: jsonb('detail').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('audit_workspace').on(table.workspace_id, table.position),
    index('audit_call').on(table.call_id, table.position),
  ],
);
