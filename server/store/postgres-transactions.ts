/** Transactions on a pool whose connections come back whole or not at all. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { StoreError } from './store-error.js';
import type { Pool, PoolClient } from 'pg';
import type { Database } from './database.js';

/** Drizzle's own keep the connection for ever when `begin` fails, and give it back open when `rollback` does. */
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
    // A query that ran out of time may still be under way: nothing behind it would be heard.
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
