/** Queries on deliveries of webhooks. Claims expire by the database's clock, so that clocks of processes do not matter. */
import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNotNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { CALL_COLUMNS } from './call-columns.js';
import { isOneOf, isWithin } from './conditions.js';
import { LISTS, decodeCursor, pageOf } from './cursor.js';
import { calls } from './schema.js';
import { webhookDeliveries as deliveries, webhooks } from './webhook-tables.js';
import type { SQL } from 'drizzle-orm';
import type { DeliveryFilters, WebhookStore } from '../domain/ports/webhook-store.js';
import type { Database } from './database.js';

type DeliveryQueries = Pick<
  WebhookStore,
  | 'claimDeliveries'
  | 'settleDelivery'
  | 'listDeliveries'
  | 'findDelivery'
  | 'redeliver'
  | 'tidyDeliveries'
>;

/** Rows that one round of `tidyDeliveries` deletes, so that it takes no table for long. */
const MOST_DELETED = 5_000;
/** Nobody is sending it. */
const IS_FREE = sql`(${deliveries.claimed_until} is null or ${deliveries.claimed_until} < clock_timestamp())`;

/** The queries on a database. */
export function createDeliveryStore(db: Database): DeliveryQueries {
  return {
    async claimDeliveries(holder, now, { limit, perWebhook, ttlMs }) {
      const claimed = await db
        .update(deliveries)
        .set({
          claimed_by: holder,
          claimed_until: sql`clock_timestamp() + ${ttlMs} * interval '1 millisecond'`,
        })
        .where(
          and(
            sql`${deliveries.id} in (${dueDeliveries(now, limit, perWebhook)})`,
            eq(deliveries.status, 'pending'),
            IS_FREE,
          ),
        )
        .returning({ id: deliveries.id });
      if (claimed.length === 0) return [];
      const ids = claimed.map(({ id }) => id);
      return db
        .select({ delivery: deliveries, webhook: webhooks })
        .from(deliveries)
        .innerJoin(webhooks, eq(webhooks.id, deliveries.webhook_id))
        .where(inArray(deliveries.id, ids))
        .orderBy(asc(deliveries.position));
    },
    settleDelivery: ({ delivery, webhook }, { attempt, changes, webhook: seen }, keepsAnswer) =>
      db.transaction(async (tx) => {
        if (keepsAnswer && changes.response_body) {
          const [call] = await tx
            .select(CALL_COLUMNS)
            .from(calls)
            .where(eq(calls.id, delivery.call_id))
            .for('share');
          if (!call || !keepsAnswer(call)) changes = { ...changes, response_body: null };
        }
        const attempts = attempt ? [...delivery.attempts, attempt] : delivery.attempts;
        const settled = await tx
          .update(deliveries)
          .set({ ...changes, attempts, claimed_by: null, claimed_until: null })
          .where(
            and(
              eq(deliveries.id, delivery.id),
              eq(deliveries.claimed_by, delivery.claimed_by ?? ''),
            ),
          )
          .returning({ id: deliveries.id });
        if (settled.length === 0 || !seen) return;
        await tx.update(webhooks).set(seen).where(eq(webhooks.id, webhook.id));
      }),
    async listDeliveries(webhookId, filters, page) {
      const after = decodeCursor(page.cursor, LISTS.deliveries);
      const found = await db
        .select()
        .from(deliveries)
        .where(
          and(
            conditions(webhookId, filters),
            after ? lt(deliveries.position, after.value) : undefined,
          ),
        )
        .orderBy(desc(deliveries.position))
        .limit(page.limit + 1);
      return pageOf(found, page.limit, (row) => ({ value: row.position, id: row.id }));
    },
    async findDelivery(webhookId, deliveryId) {
      const [row] = await db.select().from(deliveries).where(isThat(webhookId, deliveryId));
      return row ?? null;
    },
    redeliver: (webhookId, which, now, most) =>
      db.transaction(async (tx) => {
        const matches =
          'delivery_id' in which
            ? isThat(webhookId, which.delivery_id)
            : conditions(webhookId, which);
        // Each event once, however often it was delivered already.
        const found = await tx
          .selectDistinctOn([deliveries.message_id])
          .from(deliveries)
          .where(and(matches, ne(deliveries.status, 'pending')))
          .orderBy(deliveries.message_id, asc(deliveries.position))
          .limit(most + 1);
        if (found.length > most) return null;
        if (found.length === 0) return [];
        const again = found
          .sort((a, b) => a.position - b.position)
          .map(({ position: _position, ...row }) => ({
            ...row,
            id: `del_${randomUUID().replaceAll('-', '')}`,
            parent_delivery_id: row.parent_delivery_id ?? row.id,
            status: 'pending' as const,
            created_at: now,
            due_at: now,
            claimed_by: null,
            claimed_until: null,
            attempts: [],
            response_body: null,
            delivered_at: null,
          }));
        const made = [];
        for (let at = 0; at < again.length; at += 500) {
          made.push(
            ...(await tx
              .insert(deliveries)
              .values(again.slice(at, at + 500))
              .returning()),
          );
        }
        return made;
      }),
    async tidyDeliveries(givenUp, forgotten) {
      await db
        .update(deliveries)
        .set({ status: 'failed' })
        .where(and(eq(deliveries.status, 'pending'), lt(deliveries.created_at, givenUp)));
      const old = db
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(lt(deliveries.created_at, forgotten))
        .limit(MOST_DELETED);
      await db.delete(deliveries).where(inArray(deliveries.id, old));
      const owed = db.select().from(deliveries).where(eq(deliveries.webhook_id, webhooks.id));
      await db.delete(webhooks).where(and(isNotNull(webhooks.deleted_at), notExists(owed)));
    },
  };
}

/** Ids of what may be sent now: see `WebhookStore.claimDeliveries`. */
function dueDeliveries(now: Date, limit: number, perWebhook: number): SQL {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`
    select due.id from webhooks w cross join lateral (
      select d.id from webhook_deliveries d
      where d.webhook_id = w.id and d.status = 'pending' and d.due_at <= ${at}
        and (d.claimed_until is null or d.claimed_until < clock_timestamp())
        and not exists (
          select 1 from webhook_deliveries earlier
          where earlier.call_id = d.call_id and earlier.webhook_id = d.webhook_id
            and earlier.status = 'pending' and earlier.position < d.position
        )
      order by d.due_at, d.position
      limit greatest(0, case when w.failures > 0 then 1 else ${perWebhook}::int end - (
        select count(*) from webhook_deliveries sent
        where sent.webhook_id = w.id and sent.status = 'pending'
          and sent.claimed_until >= clock_timestamp()
      ))
    ) due
    where w.status = 'active' and w.deleted_at is null
    order by random()
    limit ${limit}`;
}

function conditions(webhookId: string, filters: DeliveryFilters): SQL | undefined {
  return and(
    eq(deliveries.webhook_id, webhookId),
    isOneOf(deliveries.event_type, filters.event_type),
    isOneOf(deliveries.status, filters.status),
    isOneOf(deliveries.call_id, filters.call_id),
    isWithin(deliveries.created_at, filters),
  );
}

function isThat(webhookId: string, deliveryId: string): SQL | undefined {
  return and(eq(deliveries.id, deliveryId), eq(deliveries.webhook_id, webhookId));
}
