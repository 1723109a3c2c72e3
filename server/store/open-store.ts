/** Opens the database, PGlite in this process or PostgreSQL, and brings its tables up to date. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { createAgentStore } from './agent-store.js';
import { createCallStore } from './call-store.js';
import { createKeyStore } from './key-store.js';
import { createOnceStore } from './once-store.js';
import type { Store } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Where the data is. Without `dataDir` and `databaseUrl` it lives in memory, for tests. */
export interface StoreOptions {
  databaseUrl?: string;
  dataDir?: string;
}

/** A store that can be asked whether it answers, and closed. */
export interface OpenStore extends Store {
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Any number will do as long as every process uses the same. */
const MIGRATION_LOCK = 4_170_233;

/** Opens and migrates; rejects with the database's own error. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  return options.databaseUrl
    ? openPostgres(options.databaseUrl)
    : openPglite(options.dataDir ? join(options.dataDir, 'database') : null);
}

async function openPglite(folder: string | null): Promise<OpenStore> {
  if (folder) await mkdir(folder, { recursive: true });
  const client = await PGlite.create(folder ? { dataDir: folder } : {});
  const db = drizzlePglite(client);
  await migratePglite(db, { migrationsFolder: migrationsFolder() });
  return storeOf(db, () => client.close());
}

async function openPostgres(databaseUrl: string): Promise<OpenStore> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
  });
  // A lost idle connection is replaced by the pool; unheard it would end the process.
  pool.on('error', () => undefined);
  try {
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await migratePg(drizzlePg(client), { migrationsFolder: migrationsFolder() });
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return storeOf(drizzlePg(pool), () => pool.end());
}

function storeOf(db: Database, close: () => Promise<void>): OpenStore {
  return {
    ...createKeyStore(db),
    ...createAgentStore(db),
    ...createCallStore(db),
    ...createOnceStore(db),
    ping: async () => {
      await db.execute(sql`select 1`);
    },
    close,
  };
}

/** Beside this file in the sources; the build copies no SQL, so `dist` looks back into them. */
function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations', import.meta.url));
  if (existsSync(beside)) return beside;
  return fileURLToPath(new URL('../../../server/store/migrations', import.meta.url));
}
