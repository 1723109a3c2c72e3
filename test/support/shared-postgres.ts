/** One PostgreSQL for a whole run of tests that want it; each `realApp` then has a migrated database of its own on it. */
import { openStore } from '../../server/store/open-store.js';
import { ensurePostgres } from './postgres-server.mjs';
import { startPostgres } from './postgres.js';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database with tables and no rows, to be copied. */
    postgresUrl: string;
  }
}

/** Vitest calls it before the first file, and what it answers after the last. */
export async function setup(project: TestProject): Promise<() => void> {
  const postgres = startPostgres(ensurePostgres());
  const store = await openStore({ databaseUrl: postgres.url });
  await store.close();
  project.provide('postgresUrl', postgres.url);
  return () => postgres.stop();
}
