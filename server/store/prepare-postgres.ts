/** Brings PostgreSQL's tables up to date, once, however many processes start at the same moment. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { StoreError } from './store-error.js';

/** Any number will do as long as every process uses the same. */
const MIGRATION_LOCK = 4_170_233;
/** The queries would run on 9.5; below 13 nobody mends PostgreSQL any more, and nobody tests this on it. */
const OLDEST = 13;

/** Shorter than the health check may take, so that the check can say what was wrong. */
const CONNECT_MS = 2_500;

/** Checks the server's version and migrates; rejects with the driver's error or a `StoreError`. */
export async function preparePostgres(databaseUrl: string): Promise<void> {
  // A session of its own: its end gives the lock back, and waiting for the lock has no time limit.
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

/** Beside this file in the sources; the build copies no SQL, so `dist` looks back into them. */
export function migrationsFolder(): string {
  const beside = fileURLToPath(new URL('./migrations', import.meta.url));
  if (existsSync(beside)) return beside;
  return fileURLToPath(new URL('../../../server/store/migrations', import.meta.url));
}
