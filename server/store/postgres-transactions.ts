/** Transactions on a pool of PostgreSQL connections, in place of Drizzle's own. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { StoreError } from './store-error.js';
import type { Pool, PoolClient } from 'pg';
import type { Database } from './database.js';

/**
 * Drizzle's own transactions never return the connection when `begin` fails, and return it with the transaction still
 * open when `rollback` fails. These destroy such connections.
 */
export function withPoolTransactions(pool: Pool): Database {
  const db: Database = drizzle(pool);
  const transaction = <T>(run: (tx: Database) => Promise<T>): Promise<T> => transact(pool, run);
  return Object.assign(db, { transaction });
}

async function transact<T>(pool: Pool, run: (tx: Database) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isWhole = false;
  try {
    await client.query('begin');
    const answer = await run(drizzle(client));
    await client.query('commit');
    isWhole = true;
    return answer;
  } catch (error) {
    // A query that timed out may still be running on the connection: it must not be used again.
    isWhole = StoreError.from(error) === null && (await isRolledBack(client));
    throw error;
  } finally {
    client.release(!isWhole);
  }
}

function isRolledBack(client: PoolClient): Promise<boolean> {
  return client.query('rollback').then(
    () => true,
    () => false,
  );
}
