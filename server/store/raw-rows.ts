/** Rows of a statement that is written as SQL; the same of PGlite and PostgreSQL. */
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Database } from './database.js';

/** The rows, as the driver reads them: numbers of 64 bits and instants are texts. */
export async function rawRows<T extends object>(db: Database, statement: SQL): Promise<T[]> {
  const answer: unknown = await db.execute(statement);
  return (answer as { rows: T[] }).rows;
}

/** How many rows the planner expects of a query, from what it knows of the table. */
export async function expectedRows(db: Database, query: SQL): Promise<number> {
  const [row] = await rawRows<{ 'QUERY PLAN': unknown }>(db, sql`explain (format json) ${query}`);
  const plan = JSON.stringify(row?.['QUERY PLAN'] ?? '');
  return Number(/Plan Rows\W+(\d+)/.exec(plan)?.[1] ?? 0);
}
