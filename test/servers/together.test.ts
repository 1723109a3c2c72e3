/** Three server processes on one PostgreSQL and one LiveKit: started at once, they are one server. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinToken } from '../conformance/support/tokens.js';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { startS3Server } from '../support/s3-server.js';
import { waitFor } from '../support/wait-for.js';
import { roomOf } from './support/call-peer.js';
import { startLivekitStandIn } from './support/livekit-stand-in.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import { postHint, signHint } from './support/webhook.js';
import type { TestPostgres } from '../support/postgres.js';
import type { S3Server } from '../support/s3-server.js';
import type { LivekitStandIn } from './support/livekit-stand-in.js';
import type { Answer, ServerProcess } from './support/server-process.js';

const bin = findPostgres();
const HOME = 'http://127.0.0.1:18777';
if (!bin) console.log('several server processes: left out, because PostgreSQL is not installed.');

/** A quarter of a second: all chunks together are shorter than the call, outside which no record holds a sound. */
const CHUNK = 16_000;

describe.skipIf(!bin)('three processes', () => {
  let postgres: TestPostgres;
  let livekit: LivekitStandIn;
  let s3: S3Server;
  let db: pg.Client;
  let servers: ServerProcess[];
  let keys: { secret: string; publishable: string };
  let agentId: string;
  const every = () => servers.filter((server) => server.isRunning());
  const sql = async (text: string, values: unknown[] = []) =>
    (await db.query<Record<string, unknown>>(text, values)).rows;

  beforeAll(async () => {
    postgres = startPostgres(bin ?? '');
    [livekit, s3] = await Promise.all([startLivekitStandIn(), startS3Server()]);
    const surroundings = { DATABASE_URL: postgres.url, LIVEKIT_URL: livekit.url, ...s3.env };
    const env = { ...surroundings, PUBLIC_URL: HOME };
    servers = await Promise.all([1, 2, 3].map(() => startServer({ env })));
    keys = printedKeys(servers);
    db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    agentId = String((await sql('select agent_id from demo_page'))[0]?.['agent_id']);
  });
  afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.stop()));
    await db?.end();
    await livekit?.close();
    await s3?.close();
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

  it('start no more calls together than a key may within an hour', async () => {
    const request = { name: 'Few', kind: 'secret', calls_per_hour: 5 };
    const made = await ask(at(0), 'POST', '/v1/api-keys', { key: keys.secret, body: request });
    const key = String(made.body['key']);
    const few = (n: number): Promise<Answer> =>
      ask(at(n), 'POST', '/v1/web-calls', { key, body: { agent_id: agentId } });
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => few(n)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5);
    for (const refused of answers.filter((answer) => answer.status !== 201)) {
      expect(refused).toMatchObject({
        status: 429,
        body: { code: 'rate_limited', limit: 'calls_per_hour' },
      });
    }
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

  it('append to one recording, and each gives all of it; a store that is away costs nothing', async () => {
    const { body: grant } = await create(0);
    const room = roomOf(String(grant['access_token']));
    const path = `/v1/agent-jobs/${String(grant['call_id'])}`;
    const key = await joinToken(room, 'agent-1', { kind: 'agent' });
    const { body: job } = await ask(at(0), 'POST', `${path}/claim`, { key, body: {} });
    const put = async (seq: number) => {
      const answer = await fetch(`${at(seq)}${path}/recording/${seq}`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${String(job['job_token'])}`,
          'content-type': 'audio/pcm',
          'x-sample-rate': '16000',
        },
        body: new Uint8Array(CHUNK).fill(seq + 1),
      });
      return { status: answer.status, body: await answer.json() };
    };
    for (let seq = 0; seq < 4; seq += 1) expect((await put(seq)).status).toBe(200);
    const lines = () => every().map(({ log }) => log().filter((l) => l['check'] === 'recordings'));
    s3.mood = 503;
    expect(await put(4)).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    await waitFor(() => lines().every((of) => of.length === 1), { what: 'a line of each' });
    const ready = await every()[0]?.ready();
    expect(ready).toMatchObject({
      status: 200,
      body: { checks: { recordings: { ok: false, reason: 'overloaded', needed: false } } },
    });
    expect((await create(1)).status).toBe(201);
    s3.mood = 'well';
    expect((await put(4)).status).toBe(200);
    // Sent faster than it sounds: what is recorded after the end of its call does not belong to it.
    await sql(
      "update calls set recording_started_at = recording_started_at - interval '2 seconds'",
    );
    await endAll();
    await sql("update calls set ended_at = ended_at - interval '70 seconds'");
    const recording = await waitFor(
      async () => {
        const call = await ask(at(1), 'GET', `/v1/calls/${String(grant['call_id'])}`, {
          key: keys.secret,
        });
        const found = call.body['recording'] as { status: string; url: string; bytes: number };
        return found.status === 'available' ? found : null;
      },
      { what: 'the recording' },
    );
    expect(recording.bytes).toBe(5 * CHUNK + 44);
    for (const { url } of every()) {
      const link = recording.url.replace(HOME, url);
      const range = { range: `bytes=${44 + CHUNK - 2}-${44 + CHUNK + 1}` };
      const part = await fetch(link, { headers: range });
      expect(part.status).toBe(206);
      expect([...new Uint8Array(await part.arrayBuffer())]).toEqual([1, 1, 2, 2]);
      const whole = new Uint8Array(await (await fetch(link)).arrayBuffer());
      expect(whole.length).toBe(recording.bytes);
      expect(whole.at(-1)).toBe(5);
      expect((await fetch(link.replace('expires=1', 'expires=2'))).status).toBe(401);
    }
    expect([...s3.objects.keys()]).toHaveLength(5);
    await waitFor(() => lines().every((of) => of.length === 2), { what: 'that all is well' });
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
    await waitFor(() => asked() >= before + 4, { what: 'four questions' });
    // Rounds come every two seconds from all three together; one more may be the slower look at everything.
    expect(Date.now() - began).toBeGreaterThan(3_500);

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

  it('go on where one dies at work: a key makes its call soon, and an answered call is told again', async () => {
    const [first, second] = every();
    const { body: grant } = await create(0);
    const id = String(grant['call_id']);
    const room = roomOf(String(grant['access_token']));
    const [called] = await sql('select caller_identity from calls where id = $1', [id]);
    const identity = String(called?.['caller_identity']);
    const caller = { sid: 'PA_1', identity };
    // The call of a room that is not there is ended after ten seconds, of which a lost key may take eight.
    livekit.rooms.set(room, [{ identity }]);
    const joined = { event: 'participant_joined', room: { name: room }, participant: caller };
    expect(await postHint(at(0), await signHint(joined))).toBe(200);
    const agent = await joinToken(room, 'agent-1', { kind: 'agent' });
    const path = `/v1/agent-jobs/${id}`;
    const { body: job } = await ask(at(0), 'POST', `${path}/claim`, { key: agent, body: {} });
    const events = [{ seq: 1, type: 'answered', at: job['server_time'] }];
    const tell = (to: ServerProcess | undefined): Promise<Answer | null> => {
      const key = String(job['job_token']);
      return ask(to?.url ?? '', 'POST', `${path}/events`, { key, body: { events } }).catch(
        () => null,
      );
    };
    const make = (by: ServerProcess | undefined): Promise<Answer | null> =>
      ask(by?.url ?? '', 'POST', '/v1/web-calls', {
        key: keys.secret,
        body: { agent_id: agentId },
        headers: { 'idempotency-key': 'of-the-dead' },
      }).catch(() => null);

    // Both have come so far that only the write is missing.
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from calls where id = $1 for update', [id]);
    await holder.query('select 1 from workspaces for update');
    const lost = Promise.all([tell(first), make(first)]);
    await waitFor(
      async () =>
        (await sql("select 1 from pg_stat_activity where wait_event_type = 'Lock'")).length > 1,
      { what: 'both at work' },
    );
    await first?.stop('SIGKILL');
    await holder.end();
    expect(await lost).toEqual([null, null]);

    const before = Date.now();
    const made = await Promise.all([make(second), make(second)]);
    expect(Date.now() - before).toBeLessThan(9_000);
    expect(made.map((answer) => answer?.status)).toEqual([201, 201]);
    expect(made[0]?.body).toEqual(made[1]?.body);
    expect(await tell(second)).toMatchObject({ status: 200, body: { next_seq: 2 } });
    const [call] = await sql('select answered_at from calls where id = $1', [id]);
    expect(call?.['answered_at']).toEqual(expect.any(Date));
  });
});
