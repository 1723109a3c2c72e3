/** PostgreSQL that stands still, or is busy with one row: what comes after it. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../server/store/open-store.js';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { NO_CEILINGS, callRow, seedOf } from '../support/rows.js';
import { waitFor } from '../support/wait-for.js';
import type { OpenStore } from '../../server/store/open-store.js';
import type { TestPostgres } from '../support/postgres.js';

const bin = findPostgres();
/** As many as there are connections. */
const CONNECTIONS = 10;

describe.skipIf(!bin)('a PostgreSQL in trouble', () => {
  let postgres: TestPostgres;
  let store: OpenStore;
  beforeAll(async () => {
    postgres = startPostgres(bin ?? '');
    store = await openStore({ databaseUrl: postgres.url });
    await store.insertDemo(seedOf());
    await store.insertCall(callRow('call_1'), [], NO_CEILINGS);
    await store.insertCall(callRow('call_2'), [], NO_CEILINGS);
  });
  afterAll(async () => {
    await store?.close();
    postgres?.stop();
  });

  const transact = (callId = 'call_1') => store.changeCall(callId, () => ({ changes: {} }));
  const transactions = () =>
    Promise.allSettled(Array.from({ length: CONNECTIONS }, () => transact()));

  it('keeps no connection of the transactions that it let wait in vain', async () => {
    await transactions();
    postgres.freeze();
    const frozen = await transactions().finally(() => postgres.thaw());
    expect(frozen.map(({ status }) => status)).toEqual(Array(CONNECTIONS).fill('rejected'));
    await waitFor(() => store.ping().then(() => true), { what: 'the database' });
    expect((await transactions()).map(({ status }) => status)).toEqual(
      Array(CONNECTIONS).fill('fulfilled'),
    );
  });

  it('takes other queries while one waits for a row until its time is up', async () => {
    const other = new pg.Client({ connectionString: postgres.url });
    await other.connect();
    await other.query("begin; select * from calls where id = 'call_2' for update");
    await expect(transact('call_2')).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(await store.findCall('call_1')).not.toBeNull();
    await other.end();
    expect(await transact('call_2')).toMatchObject({ changed: true });
  });
});
