/** The tables of outgoing webhooks. What the columns mean is said at `WebhookRow` and `DeliveryRow` in the domain. */
import { bigserial, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.js';
import { sql } from 'drizzle-orm';
import type { DeliveryRow, WebhookRow } from '../domain/ports/webhook-rows.js';

/** Endpoints of customers that are told of calls. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    workspace_id: text('workspace_id').notNull(),
    url: text('url').notNull(),
    description: text('description').notNull(),
    events: text('events').array().$type<WebhookRow['events']>().notNull(),
    secrets: jsonb('secrets').$type<WebhookRow['secrets']>().notNull(),
    status: text('status').$type<WebhookRow['status']>().notNull(),
    paused_at: moment('paused_at'),
    pause_reason: text('pause_reason').$type<NonNullable<WebhookRow['pause_reason']>>(),
    pause_note: text('pause_note'),
    /** Attempts in a row that failed. */
    failures: integer('failures').notNull(),
    last_attempt_at: moment('last_attempt_at'),
    last_response_status: integer('last_response_status'),
    last_success_at: moment('last_success_at'),
    created_at: moment('created_at').notNull(),
    updated_at: moment('updated_at').notNull(),
    deleted_at: moment('deleted_at'),
  },
  (table) => [index('webhooks_workspace').on(table.workspace_id, table.created_at)],
);

/** What is owed to an endpoint, and what became of it. `position` is the order of a call's events. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: text('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    webhook_id: text('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    call_id: text('call_id').notNull(),
    event_type: text('event_type').$type<DeliveryRow['event_type']>().notNull(),
    message_id: text('message_id').notNull(),
    parent_delivery_id: text('parent_delivery_id'),
    detail: jsonb('detail').$type<NonNullable<DeliveryRow['detail']>>(),
    status: text('status').$type<DeliveryRow['status']>().notNull(),
    created_at: moment('created_at').notNull(),
    due_at: moment('due_at').notNull(),
    claimed_by: text('claimed_by'),
    claimed_until: moment('claimed_until'),
    attempts: jsonb('attempts').$type<DeliveryRow['attempts']>().notNull(),
    response_body: text('response_body'),
    delivered_at: moment('delivered_at'),
  },
  (table) => [
    index('webhook_deliveries_due')
      .on(table.webhook_id, table.due_at)
      .where(sql`status = 'pending'`),
    index('webhook_deliveries_list').on(table.webhook_id, table.position),
    index('webhook_deliveries_call').on(table.call_id, table.position),
    index('webhook_deliveries_created').on(table.created_at),
  ],
);
