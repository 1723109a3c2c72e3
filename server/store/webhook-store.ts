/** Queries on webhooks. */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { isOlder } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import { createDeliveryStore } from './delivery-store.js';
import { webhookDeliveries, webhooks } from './webhook-tables.js';
import { workspaces } from './schema.js';
import type { WebhookStore } from '../domain/ports/webhook-store.js';
import type { Database } from './database.js';

/** The queries of `WebhookStore` on a database. */
export function createWebhookStore(db: Database): WebhookStore {
  return {
    ...createDeliveryStore(db),
    insertWebhook: (row, most) =>
      db.transaction(async (tx) => {
        const { workspace_id: workspaceId } = row;
        await tx
          .select({ id: workspaces.id })
          .from(workspaces)
          .where(eq(workspaces.id, workspaceId))
          .for('update');
        const there = await tx
          .select({ id: webhooks.id })
          .from(webhooks)
          .where(and(eq(webhooks.workspace_id, workspaceId), isNull(webhooks.deleted_at)));
        if (there.length >= most) return false;
        await tx.insert(webhooks).values(row);
        return true;
      }),
    async findWebhook(workspaceId, webhookId) {
      const [row] = await db.select().from(webhooks).where(isThat(workspaceId, webhookId));
      return row ?? null;
    },
    async listWebhooks(workspaceId, page) {
      const after = decodeCursor(page.cursor, LISTS.webhooks);
      const found = await db
        .select()
        .from(webhooks)
        .where(
          and(
            eq(webhooks.workspace_id, workspaceId),
            isNull(webhooks.deleted_at),
            isOlder(webhooks, after),
          ),
        )
        .orderBy(desc(webhooks.created_at), desc(webhooks.id))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.created_at.getTime(), id: row.id }));
    },
    changeWebhook: (workspaceId, webhookId, change, sendsAtOnce) =>
      db.transaction(async (tx) => {
        const isIt = isThat(workspaceId, webhookId);
        const [before] = await tx.select().from(webhooks).where(isIt).for('update');
        if (!before) return null;
        const [after] = await tx.update(webhooks).set(change(before)).where(isIt).returning();
        if (sendsAtOnce) {
          await tx
            .update(webhookDeliveries)
            .set({
              due_at: sql`least(${webhookDeliveries.due_at}, ${sendsAtOnce.toISOString()}::timestamptz)`,
            })
            .where(
              and(
                eq(webhookDeliveries.webhook_id, webhookId),
                eq(webhookDeliveries.status, 'pending'),
              ),
            );
        }
        return after ?? null;
      }),
  };
}

function isThat(workspaceId: string, webhookId: string) {
  return and(
    eq(webhooks.id, webhookId),
    eq(webhooks.workspace_id, workspaceId),
    isNull(webhooks.deleted_at),
  );
}
