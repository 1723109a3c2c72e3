/** The tables by which processes agree: who runs a loop, and how much was asked. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.js';

/** Leases of background loops: the process that runs a loop, and when its lease expires. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expires_at: moment('expires_at').notNull(),
});

/**
 * Rate limits: requests by bucket in the present and the previous window. Times are ms since 1970 by the database's
 * clock. The migration makes the table unlogged: after a crash of the database, counting begins anew.
 */
export const rateWindows = pgTable(
  'rate_windows',
  {
    bucket: text('bucket').primaryKey(),
    started_at: bigint('started_at', { mode: 'number' }).notNull(),
    current: integer('current').notNull(),
    previous: integer('previous').notNull(),
    /** How many requests of the last statement were allowed. */
    granted: integer('granted').notNull(),
  },
  (table) => [index('rate_windows_started').on(table.started_at)],
);

/** Answers kept under an `Idempotency-Key`. While `status` is null the request is still at work. */
export const keptAnswers = pgTable(
  'kept_answers',
  {
    workspace_id: text('workspace_id').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    status: integer('status'),
    body: jsonb('body').$type<unknown>(),
    created_at: moment('created_at').notNull(),
    /** The request that is at work on the answer, and until when others wait for it. */
    claimant: text('claimant'),
    claimed_until: moment('claimed_until'),
  },
  (table) => [
    primaryKey({ columns: [table.workspace_id, table.key] }),
    index('kept_answers_created').on(table.created_at),
  ],
);
