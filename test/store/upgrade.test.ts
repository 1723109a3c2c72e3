/** A database of a former version is opened: its calls are there, each with what it ran with. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres';
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDomain } from '../../server/domain/create-domain.js';
import { hashSecret } from '../../server/domain/ids.js';
import { openFolderObjectStore } from '../../server/store/folder-object-store.js';
import { openStore } from '../../server/store/open-store.js';
import { migrationsFolder } from '../../server/store/prepare-postgres.js';
import { FakeLivekit } from '../fakes/fake-livekit.js';
import { copyPgliteTemplate } from '../support/pglite-template.mjs';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { callRow, hashOf, seedOf, timelineRow, turnRow, versionRow } from '../support/rows.js';
import { testApp } from '../support/test-app.js';
import type { MigrationConfig } from 'drizzle-orm/migrator';
import type { VersionSettings } from '../../sdk/wire/agent.js';
import type { AgentJob } from '../../sdk/wire/agent-job.js';
import type { Call } from '../../sdk/wire/call.js';
import type { OpenStore } from '../../server/store/open-store.js';
import { NO_WEBHOOKS } from '../fakes/no-webhooks.js';
import type { TestPostgres } from '../support/postgres.js';

/** The last migration before settings were kept once. */
const FORMER = 4;
const SECRET = 'dnx_sk_of_the_former_version';
const MANY = 20;

const { settings } = versionRow('av_1');
/** Not to be made small by compressing it. */
const text = Array.from({ length: 5_000 }, (_, n) => hashSecret(`${n}`).slice(0, 16)).join(' ');
const published = { ...settings, prompt: text };
const draft = { ...settings, prompt: 'Grüße „alle“, € 0.25\n', voice_speed: 1.25 };
const gone = { ...settings, prompt: 'Of a version that is gone.', max_call_duration_sec: 90 };
const other = { ...settings, prompt: 'Keep nothing.', opt_out_sensitive_data_storage: true };

interface OldCall {
  id: string;
  settings: VersionSettings;
  row: Parameters<typeof callRow>[1];
}
const ended = { ended_at: new Date(9_000), status: 'completed', room_open: false } as const;
const oldCalls: OldCall[] = [
  { id: 'call_kept', settings: published, row: { ...ended, summary: 'All went well.' } },
  { id: 'call_gone', settings: gone, row: { ...ended, agent_version_id: 'av_gone' } },
  { id: 'call_owed', settings: published, row: { ...ended, recording_status: 'erased' } },
  { id: 'call_open', settings: other, row: { started_at: new Date(1_000) } },
  ...Array.from({ length: MANY }, (_, n) => ({
    id: `call_${n}`,
    settings: published,
    row: ended,
  })),
];

/** One old row, its columns by name. */
type Insert = (table: string, row: object) => Promise<unknown>;

type Query = (text: string, values?: string[]) => Promise<{ rows: unknown[] }>;

const insertInto =
  (query: Query): Insert =>
  (table, row) =>
    query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`, [
      JSON.stringify(row),
    ]);

/** Every migration up to `FORMER`. */
function formerMigrations(folder: string): string {
  const former = join(folder, 'migrations');
  cpSync(migrationsFolder(), former, { recursive: true });
  const path = join(former, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number }[] };
  const entries = journal.entries.filter(({ idx }) => idx <= FORMER);
  writeFileSync(path, JSON.stringify({ ...journal, entries }));
  return former;
}

async function fill(insert: Insert): Promise<void> {
  const { workspace, keys, agent } = seedOf();
  await insert('workspaces', workspace);
  const secret = { kind: 'secret', key_hash: hashSecret(SECRET), allowed_origins: [] };
  for (const key of keys) await insert('api_keys', { ...key, ...secret });
  await insert('agents', agent);
  const version = { ...versionRow('av_1'), settings: published, is_published: true };
  await insert('agent_versions', version);
  await insert('agent_versions', { ...versionRow('av_2'), settings: draft, version_number: 2 });
  for (const [position, one] of oldCalls.entries()) {
    // Its object could not be removed, which was known by this alone.
    const left = one.id === 'call_owed' ? { recording_bytes: 400 } : {};
    await insert('calls', { ...callRow(one.id, one.row), ...left, settings: one.settings });
    await insert('timeline', { ...timelineRow(one.id), position });
    await insert('turns', { ...turnRow(one.id), position });
  }
}

async function sizeOfCalls(query: Query): Promise<number> {
  const { rows } = await query("select pg_total_relation_size('calls')::int as bytes");
  return (rows[0] as { bytes: number }).bytes;
}

const bin = findPostgres();
if (!bin) console.log('an upgrade on PostgreSQL: left out, because it is not installed.');

describe.each(bin ? ['PGlite', 'PostgreSQL'] : ['PGlite'])('an upgrade on %s', (engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-old-'));
  let postgres: TestPostgres | null = null;
  let store: OpenStore;
  let bytesBefore = 0;

  /** With the database's own client; `former` lays the old tables first. */
  async function openly<T>(work: (query: Query) => Promise<T>, former?: MigrationConfig) {
    if (!postgres) {
      const client = await PGlite.create({ dataDir: join(folder, 'database') });
      if (former) await migratePglite(drizzlePglite(client), former);
      const answer = await work((text, values) => client.query(text, values));
      await client.close();
      return answer;
    }
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    if (former) await migratePg(drizzlePg(client), former);
    const answer = await work((text, values) => client.query(text, values));
    await client.end();
    return answer;
  }

  beforeAll(async () => {
    if (engine === 'PostgreSQL' && bin) postgres = startPostgres(bin);
    else copyPgliteTemplate(folder);
    const migrationsFolder = formerMigrations(folder);
    bytesBefore = await openly(
      async (query) => {
        await fill(insertInto(query));
        return sizeOfCalls(query);
      },
      { migrationsFolder },
    );
    store = await openStore(postgres ? { databaseUrl: postgres.url } : { dataDir: folder });
  });
  afterAll(() => {
    postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves every call with its turns, its timeline, and what it ran with', async () => {
    for (const { id, row, settings: ran } of oldCalls) {
      const expected = callRow(id, { ...row, settings_hash: hashOf(ran) });
      const { opt_out_sensitive_data_storage } = ran;
      const call = await store.findWholeCall(id);
      expect(call).toEqual({ ...expected, opt_out_sensitive_data_storage });
      expect(await store.findSettings(call?.settings_hash ?? '')).toEqual(ran);
      expect(await store.listTurns(id)).toEqual([{ ...turnRow(id), agent_id: null }]);
      expect(await store.listTimeline(id)).toEqual([timelineRow(id)]);
    }
    const [second, first] = (await store.listVersions('agent_1', { limit: 10 })).rows;
    expect([first?.settings, second?.settings]).toEqual([published, draft]);
  });

  it('keeps what a call of a version that is gone ran with', async () => {
    await store.forgetBefore(new Date(Date.now() + 48 * 3_600_000));
    expect(await store.findSettings(hashOf(gone))).toEqual(gone);
  });

  it('owes still what could not be removed', async () => {
    const owed = await store.dueRemovals(new Date(), 10);
    expect(owed.map(({ name }) => name)).toEqual(['recordings/call_owed.pcm']);
  });

  it('goes on with a call that was open: its agent learns what to be', async () => {
    const media = new FakeLivekit();
    const clock = { now: () => new Date(2_000) };
    const { request } = testApp(
      createDomain({
        store,
        media,
        objects: openFolderObjectStore(folder),
        clock,
        isProviderConfigured: () => true,
        agentName: 'dialnexa',
        mediaUrl: 'ws://livekit.example',
        webhooks: NO_WEBHOOKS,
        recordingLink: () => '',
      }),
    );
    const authorization = `Bearer ${await media.agentToken('call_room_call_open')}`;
    const claim = { method: 'POST', headers: { authorization } };
    const job = (await (await request('/v1/agent-jobs/call_open/claim', claim)).json()) as AgentJob;
    expect(job).toMatchObject({ record: false, settings: { prompt: 'Keep nothing.' } });
    const key = { headers: { authorization: `Bearer ${SECRET}` } };
    const call = (await (await request('/v1/calls/call_kept', key)).json()) as Call;
    expect(call).toMatchObject({ summary: 'All went well.', transcript: [{ content: 'hello' }] });
  });

  it('gives back the room that the copies took', async () => {
    await store.close();
    expect(bytesBefore).toBeGreaterThan(oldCalls.length * 40_000);
    expect(await openly(sizeOfCalls)).toBeLessThan(oldCalls.length * 10_000);
  });
});
