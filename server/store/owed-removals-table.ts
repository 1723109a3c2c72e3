/** The table of objects that are to be removed. What the columns mean is said at `OwedRemoval` in the domain. */
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.js';

/** One row an object, inserted with the erasure; it goes when the object has. It outlives the call. */
export const owedRemovals = pgTable('owed_removals', {
  name: text('name').primaryKey(),
  grows_until: moment('grows_until').notNull(),
  due_at: moment('due_at').notNull(),
  attempts: integer('attempts').notNull(),
});
