/** The tables by which processes agree: who runs a loop, and how much was asked. */
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
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
