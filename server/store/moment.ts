/** How the tables keep times. */
import { timestamp } from 'drizzle-orm/pg-core';

/** A column of instants with millisecond precision. */
export const moment = (name: string) =>
  timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
