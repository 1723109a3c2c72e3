/** Opens the database: PGlite in this process by default, PostgreSQL with `databaseUrl`. */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { createAgentStore } from './agent-store.js';
import { createAuditStore } from './audit-store.js';
import { createCallStore } from './call-store.js';
import { createCallWorkStore } from './call-work-store.js';
import { createCircuitBreaker } from './circuit-breaker.js';
import { endWithEngine } from './end-with-engine.js';
import { lockFolder } from './folder-lock.js';
import { createErasureStore } from './erasure-store.js';
import { createExplanationStore } from './explanation-store.js';
import { createHistoryStore } from './history-store.js';
import { createKeyStore } from './key-store.js';
import { createOwedRemovals } from './owed-removals.js';
import { createLeaseStore } from './lease-store.js';
import { createIdempotencyStore, dropClaims } from './idempotency-store.js';
import { withPoolTransactions } from './postgres-transactions.js';
import { migrationsFolder, preparePostgres } from './prepare-postgres.js';
import { createRateStore } from './rate-store.js';
import { createWebhookStore } from './webhook-store.js';
import { StoreError } from './store-error.js';
import { takeTurns } from './take-turns.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { RateStore, Store } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Where the data is. Without `dataDir` and `databaseUrl` it is in memory, for tests. */
export interface StoreOptions {
  databaseUrl?: string;
  dataDir?: string;
  /**
   * Whether PostgreSQL may be unreachable at first: then every query rejects until a `ping` has succeeded. Default
   * `false`.
   */
  mayWait?: boolean;
  /** Called whenever a query has failed because the database cannot be used. */
  onFault?: () => void;
  /** Called when PGlite has ended, and can be used again in another process only. */
  onEnd?: (error: Error) => void;
}

/** A store with a health check. */
export interface OpenStore extends Store, RateStore {
  /**
   * Checks the database, and opens it when it was unreachable at first. Rejects with the `StoreError` that tells what
   * is wrong.
   */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database and migrates it. Rejects with a `StoreError`, or with PGlite's own error. */
export async function openStore(options: StoreOptions): Promise<OpenStore> {
  const { databaseUrl, dataDir, mayWait = false } = options;
  if (!databaseUrl) {
    const { onEnd = () => undefined } = options;
    return openPglite(dataDir ? join(dataDir, 'database') : null, onEnd);
  }
  const store = openPostgres(databaseUrl, options.onFault ?? (() => undefined));
  try {
    await store.ping();
  } catch (error) {
    if (mayWait) return store;
    await store.close();
    throw error;
  }
  return store;
}

async function openPglite(
  folder: string | null,
  onEnd: (error: Error) => void,
): Promise<OpenStore> {
  if (folder) await mkdir(folder, { recursive: true });
  const unlock = folder ? lockFolder(dirname(folder)) : () => undefined;
  try {
    const client = await PGlite.create(folder ? { dataDir: folder } : {});
    takeTurns(client);
    endWithEngine(client, onEnd);
    const db = drizzlePglite(client);
    await migratePglite(db, { migrationsFolder: migrationsFolder() });
    await dropClaims(db);
    return storeOf(db, {
      open: () => Promise.resolve(),
      isOpen: () => true,
      onFault: () => undefined,
      close: () => client.close().finally(unlock),
    });
  } catch (error) {
    unlock();
    throw error;
  }
}

function openPostgres(databaseUrl: string, onFault: () => void): OpenStore {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'dialnexa',
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 5_000,
    query_timeout: 6_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    // It waits for what is returned, unlike its types. Our queries take milliseconds; compiling one, a hundred of them.
    onConnect: (client) =>
      client.query("set jit = off; set work_mem = '32MB'") as unknown as undefined,
  });
  // The pool replaces lost connections. Without listeners their `error` events would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  let isOpen = false;
  let opening: Promise<void> | null = null;
  return storeOf(withPoolTransactions(pool), {
    isOpen: () => isOpen,
    onFault,
    open: () => {
      opening ??= preparePostgres(databaseUrl)
        .then(() => {
          isOpen = true;
        })
        .finally(() => {
          opening = null;
        });
      return opening;
    },
    close: () => pool.end(),
  });
}

/** What differs between PGlite and PostgreSQL. */
interface Engine {
  open(): Promise<void>;
  isOpen(): boolean;
  onFault(): void;
  close(): Promise<void>;
}

function storeOf(db: Database, engine: Engine): OpenStore {
  const queries = {
    ...createKeyStore(db),
    ...createAgentStore(db),
    ...createAuditStore(db),
    ...createCallStore(db),
    ...createErasureStore(db),
    ...createOwedRemovals(db),
    ...createExplanationStore(db),
    ...createHistoryStore(db),
    ...createCallWorkStore(db),
    ...createIdempotencyStore(db),
    ...createLeaseStore(db),
    ...createRateStore(db),
    ...createWebhookStore(db),
  };
  const select = async (): Promise<void> => {
    await db.execute(sql`select 1`);
  };
  const breaker = createCircuitBreaker();
  return {
    ...guarded(queries, engine, breaker),
    ping: () =>
      breaker.try(() => withStoreErrors(engine.isOpen() ? select : () => engine.open(), engine)),
    close: () => engine.close(),
  };
}

/** The queries behind the circuit breaker, with errors of the driver turned into `StoreError`. */
function guarded<T extends object>(queries: T, engine: Engine, breaker: CircuitBreaker): T {
  const entries = Object.entries(queries).map(([name, query]) => [
    name,
    (...args: unknown[]) =>
      engine.isOpen()
        ? breaker.run(() =>
            withStoreErrors(
              () => (query as (...all: unknown[]) => Promise<unknown>)(...args),
              engine,
            ),
          )
        : Promise.reject(StoreError.notOpen()),
  ]);
  // Each entry is the query of that name, with the same parameters and result.
  return Object.fromEntries(entries) as T;
}

/** Turns errors of the driver into `StoreError`, and reports these to `onFault`. */
async function withStoreErrors<T>(run: () => Promise<T>, { onFault }: Engine): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const fault = StoreError.from(error);
    if (fault) onFault();
    throw fault ?? error;
  }
}
