/** Three server processes on one PostgreSQL and one LiveKit: started at once, they are one server. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';
import { startLivekitStandIn } from './support/livekit-stand-in.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import { postHint, signHint } from './support/webhook.js';
import type { TestPostgres } from '../support/postgres.js';
import type { LivekitStandIn } from './support/livekit-stand-in.js';
import type { Answer, ServerProcess } from './support/server-process.js';

const bin = findPostgres();
const HOME = 'http://127.0.0.1:18777';
if (!bin) console.log('several server processes: left out, because PostgreSQL is not installed.');

describe.skipIf(!bin)('three processes', () => {
  let postgres: TestPostgres;
  let livekit: LivekitStandIn;
  let db: pg.Client;
  let servers: ServerProcess[];
  let keys: { secret: string; publishable: string };
  let agentId: string;
  const every = () => servers.filter((server) => server.isRunning());
  const sql = async (text: string, values: unknown[] = []) =>
    (await db.query<Record<string, unknown>>(text, values)).rows;

  beforeAll(async () => {
    postgres = startPostgres(bin ?? '');
    livekit = await startLivekitStandIn();
    const env = { DATABASE_URL: postgres.url, LIVEKIT_URL: livekit.url, PUBLIC_URL: HOME };
    servers = await Promise.all([1, 2, 3].map(() => startServer({ env })));
    keys = printedKeys(servers);
    db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    agentId = String((await sql('select agent_id from demo_page'))[0]?.['agent_id']);
  }, 60_000);
  afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.stop()));
    await db?.end();
    await livekit?.close();
    postgres?.stop();
  });

  /** Request number `n` goes to the n-th process. */
  const at = (n: number): string => {
    const live = every();
    return live[n % live.length]?.url ?? '';
  };
  const create = (n: number, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(at(n), 'POST', '/v1/web-calls', {
      key: keys.secret,
      body: { agent_id: agentId },
      headers,
    });
  const endAll = async (): Promise<void> => {
    const open = await sql('select id from calls where ended_at is null');
    const ends = open.map(({ id }, n) =>
      ask(at(n), 'POST', `/v1/web-calls/${String(id)}/terminate`, { key: keys.secret, body: {} }),
    );
    expect(new Set((await Promise.all(ends)).map((end) => end.status))).toEqual(
      new Set(open.length > 0 ? [200] : []),
    );
  };

  it('migrate once and seed once', async () => {
    const [migrations] = await sql('select count(*)::int as n from drizzle.__drizzle_migrations');
    const [distinct] = await sql(
      'select count(distinct hash)::int as n from drizzle.__drizzle_migrations',
    );
    expect(migrations).toEqual(distinct);
    expect(await sql('select count(*)::int as n from workspaces')).toEqual([{ n: 1 }]);
    expect(await sql('select count(*)::int as n from demo_page')).toEqual([{ n: 1 }]);
  });

  it('admit no more calls together than the workspace may have', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => create(n)));
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(25);
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(new Set(refused.map((answer) => answer.body['code']))).toEqual(
      new Set(['capacity_reached']),
    );
    await endAll();
  });

  it('make one call for one Idempotency-Key, however many processes are asked', async () => {
    const headers = { 'idempotency-key': 'the-same' };
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => create(n, headers)));
    const made = new Set(
      answers.filter((answer) => answer.status === 201).map((answer) => answer.body['call_id']),
    );
    expect(made.size).toBe(1);
    const later = await Promise.all([0, 1, 2].map((n) => create(n, headers)));
    expect(new Set(later.map((answer) => answer.body['call_id']))).toEqual(made);
    expect(await sql('select count(*)::int as n from calls where ended_at is null')).toEqual([
      { n: 1 },
    ]);
    await endAll();
  });

  it('apply a webhook once that reaches each of them twice at the same moment', async () => {
    const { body } = await create(0);
    const [row] = await sql('select room_name, caller_identity from calls where id = $1', [
      body['call_id'],
    ]);
    const room = { name: row?.['room_name'] };
    const participant = { sid: 'PA_1', identity: row?.['caller_identity'] };
    const joined = await signHint({ event: 'participant_joined', room, participant });
    const left = await signHint({
      event: 'participant_left',
      room,
      participant: { ...participant, disconnectReason: 'CLIENT_INITIATED' },
    });
    for (const hint of [joined, left]) {
      const statuses = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => postHint(at(n), hint)));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }
    const ended = await waitFor(
      async () => {
        const { body: call } = await ask(at(1), 'GET', `/v1/calls/${String(body['call_id'])}`, {
          key: keys.secret,
        });
        return call['ended_at'] ? call : null;
      },
      { what: 'the end of the call' },
    );
    const types = (ended['timeline'] as { type: string }[]).map(({ type }) => type);
    expect(types).toEqual(['call_created', 'caller_joined', 'caller_left', 'call_ended']);
    expect(ended).toMatchObject({ status: 'cancelled', end_reason: 'user_disconnected' });
  });

  it('count a visitor’s requests together, and say so alike', async () => {
    const started = Array.from({ length: 150 }, (_, n) =>
      ask(at(n), 'POST', '/v1/web-calls', {
        key: keys.publishable,
        body: { agent_id: agentId },
        headers: { origin: HOME },
      }),
    );
    const answers = await Promise.all(started);
    const limited = answers.filter((answer) => answer.status === 429);
    // A minute may have turned over in between; then a fresh part of the next one counts too.
    expect(answers.length - limited.length).toBeGreaterThanOrEqual(120);
    expect(answers.length - limited.length).toBeLessThanOrEqual(124);
    for (const answer of limited) {
      expect(answer.body).toMatchObject({ code: 'rate_limited' });
      expect(answer.headers.get('x-ratelimit-limit')).toBe('120');
      expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const left = answers
      .filter((answer) => answer.status !== 429)
      .map((answer) => Number(answer.headers.get('x-ratelimit-remaining')));
    expect(new Set(left).size).toBeGreaterThan(110);
    await endAll();
  });

  it('share the background work: one reconciles, and when it dies another goes on', async () => {
    const { body } = await create(0);
    const asked = () =>
      livekit.calls.filter(
        (call) =>
          call.method === 'ListRooms' && !(call.body['names'] as string[]).includes('no-such-room'),
      ).length;
    const before = asked();
    const began = Date.now();
    await waitFor(() => asked() >= before + 3, { what: 'three rounds' });
    // Rounds come every two seconds from all three together.
    expect(Date.now() - began).toBeGreaterThan(3_000);

    const [lease] = await sql("select holder from leases where name = 'due_calls'");
    const holder = servers.find((server) => String(lease?.['holder']).includes(`:${server.pid}:`));
    expect(holder).toBeDefined();
    await holder?.stop('SIGKILL');
    await sql(
      "update calls set grant_expires_at = now() - interval '1 minute', due_at = now() where id = $1",
      [body['call_id']],
    );
    const [ended] = await waitFor(
      async () => {
        const rows = await sql(
          'select status, end_reason from calls where id = $1 and ended_at is not null',
          [body['call_id']],
        );
        return rows.length > 0 ? rows : null;
      },
      { what: 'the end by another process', timeoutMs: 12_000 },
    );
    expect(ended).toEqual({ status: 'cancelled', end_reason: 'caller_never_joined' });
    const ends = await sql(
      "select count(*)::int as n from timeline where call_id = $1 and type = 'call_ended'",
      [body['call_id']],
    );
    expect(ends).toEqual([{ n: 1 }]);
  });
});
