/** The app on a database of the benchmark's own, behind a port of loopback, with no limit on requests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { buildCode } from '../../../scripts/build.mjs';
import { loadModule } from '../../../scripts/load-module.mjs';
import { ensurePostgres } from '../../support/postgres-server.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const NO_LIMIT = { limit: 1_000_000_000, windowSec: 60 };

/** Opens a new database, `postgres` or `pglite`, with our tables. `sql` runs a statement and answers its rows. */
export async function openBenchDatabase(kind, isDurable = false) {
  await buildCode(() => undefined);
  const { openStore } = await import('../../../dist/server/store/open-store.js');
  if (kind === 'postgres') {
    const { startPostgres } = await loadModule(root, 'test/support/postgres.ts');
    const postgres = startPostgres(ensurePostgres(), isDurable);
    const store = await openStore({ databaseUrl: postgres.url });
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    return {
      store,
      sql: async (text) => (await client.query(text)).rows,
      async close() {
        await client.end();
        await store.close();
        postgres.stop();
      },
    };
  }
  const { PGlite } = await import('@electric-sql/pglite');
  const folder = mkdtempSync(join(tmpdir(), 'bench-pglite-'));
  // The store's own, for statements beside it.
  let client = null;
  const { create } = PGlite;
  PGlite.create = async (...args) => (client = await create.apply(PGlite, args));
  const store = await openStore({ dataDir: folder });
  PGlite.create = create;
  return {
    store,
    sql: async (text) => (await client.query(text)).rows,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Listens; `ask` answers the response of a GET, or of a POST of a body, with a secret key of the workspace. With `isShared`
 * requests are counted in the database, as where there are several servers.
 */
export async function serveBench(store, workspaceId, { isShared = false, ...ports } = {}) {
  const { createApp } = await import('../../../dist/server/http/create-app.js');
  const { createLogger } = await import('../../../dist/server/http/telemetry/logger.js');
  const { listen } = await import('../../../dist/server/http/listen/listen.js');
  const { createDomain } = await import('../../../dist/server/domain/create-domain.js');
  const { createSharedRateLimiter } =
    await import('../../../dist/server/http/rate-limit/shared-rate-limit.js');
  const domain = createDomain({ store, clock: { now: () => new Date() }, ...ports });
  const { key } = await domain.createApiKey({ workspaceId }, { name: 'Bench', kind: 'secret' });
  const app = createApp({
    verbs: domain,
    webhook: { verify: async () => null, read: () => null },
    linkSecret: 'bench',
    log: createLogger('fatal'),
    publicUrl: 'http://127.0.0.1',
    ownOrigins: [],
    trustedProxies: 0,
    health: { checks: async () => ({}), countCalls: async () => ({}), metricsToken: null },
    pages: { bundleDir: '/none', consoleDir: '/none', demo: async () => null },
    rates: { key: NO_LIMIT, address: NO_LIMIT },
    ...(isShared ? { limiter: createSharedRateLimiter(store) } : {}),
  });
  const server = await listen({ host: '127.0.0.1', port: 0, fetch: app.fetch });
  return {
    ask: async (path, body) => {
      const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
        headers: {
          authorization: `Bearer ${key}`,
          'accept-encoding': 'identity',
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer;
    },
    close: () => server.close(0),
  };
}
