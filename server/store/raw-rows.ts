/** Rows of a statement that is written as SQL; the same of PGlite and PostgreSQL. */
import type { SQL } from 'drizzle-orm';
import type { Database } from './database.js';

/** The rows, as the driver reads them: numbers of 64 bits and instants are texts. */
export async function rawRows<T extends object>(db: Database, statement: SQL): Promise<T[]> {
  const answer: unknown = await db.execute(statement);
  return (answer as { rows: T[] }).rows;
}
