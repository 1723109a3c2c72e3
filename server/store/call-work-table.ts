/** The table of what is left to do for calls that have ended. What the columns mean is said at `CallWorkRow` in the domain. */
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.js';
import { sql } from 'drizzle-orm';

/** One row a call, inserted with its end; it goes when all is done, or with the call. */
export const callWork = pgTable(
  'call_work',
  {
    call_id: text('call_id').primaryKey(),
    due_at: moment('due_at').notNull(),
    attempts: integer('attempts').notNull(),
    claimed_by: text('claimed_by'),
    claimed_until: moment('claimed_until'),
    error: text('error'),
    dead_at: moment('dead_at'),
  },
  (table) => [
    index('call_work_due')
      .on(table.due_at)
      .where(sql`dead_at is null`),
  ],
);
