/** Migrates PostgreSQL at start. Processes that start at the same time wait for each other. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { StoreError } from './store-error.js';

/** Number of the advisory lock: the same in every process, and used for nothing else. */
const MIGRATION_LOCK = 4_170_233;
/** The oldest version that is tested. Older ones get no security fixes any more. */
const OLDEST = 13;

/** Below the time limit of the health check, so that the check can report the reason. */
const CONNECT_MS = 2_500;

/** Checks the version of the server and migrates. Rejects with the driver's error or a `StoreError`. */
export async function preparePostgres(databaseUrl: string): Promise<void> {
  // A connection of its own, outside the pool: its end releases the lock, and waiting for the lock has no time limit.
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'dialnexa migrations',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await checkVersion(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder: migrationsFolder() });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as name",
  );
  const [version] = rows;
  if (Math.floor(Number(version?.number) / 10_000) >= OLDEST) return;
  throw StoreError.tooOld(version?.name ?? 'unknown', String(OLDEST));
}

/**
 * The folder of migrations. It is beside this file in the sources; the build copies no SQL, so `dist` uses that one
 * too.
 */
export function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations', import.meta.url));
  if (existsSync(beside)) return beside;
  return fileURLToPath(new URL('../../../server/store/migrations', import.meta.url));
}
