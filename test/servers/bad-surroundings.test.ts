/** What the server says, refuses and survives when its LiveKit, its database or its clock is wrong. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeMediaServers } from '../conformance/support/media-servers.js';
import { freePort } from '../support/free-port.mjs';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';
import { startLivekitStandIn } from './support/livekit-stand-in.js';
import { startOldPostgres } from './support/old-postgres.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import type { TestPostgres } from '../support/postgres.js';
import type { LivekitStandIn } from './support/livekit-stand-in.js';
import type { Answer, ServerProcess, ServerStart } from './support/server-process.js';

const HOME = 'http://127.0.0.1:18778';
const bin = findPostgres();
if (!bin) console.log('a database that refuses: left out, because PostgreSQL is not installed.');
let postgres: TestPostgres | null = null;
let admin: pg.Client | null = null;
let databases = 0;
let server: ServerProcess | null = null;
let standIn: LivekitStandIn | null = null;
beforeAll(async () => {
  if (!bin) return;
  postgres = startPostgres(bin);
  admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
});
afterAll(async () => {
  await admin?.end();
  postgres?.stop();
});
afterEach(async () => {
  await server?.stop();
  await standIn?.close();
  server = standIn = null;
});

/** An empty one: a server opens it sooner than one of its own. */
async function freshDatabase(): Promise<Record<string, string>> {
  if (!postgres || !admin) return {};
  databases += 1;
  await admin.query(`create database fresh${databases}`);
  return { DATABASE_URL: postgres.url.replace('/postgres?', `/fresh${databases}?`) };
}

async function start(env: Record<string, string>, more: Partial<ServerStart> = {}) {
  server = await startServer({ env: { PUBLIC_URL: HOME, ...env }, ...more });
  return server;
}

/** A call that a page starts; how long the answer took. */
async function startCall(running: ServerProcess): Promise<Answer & { ms: number }> {
  const began = Date.now();
  const { publishable } = printedKeys([running]);
  const page = await (await fetch(`${running.url}/`)).text();
  const agent = /agent_[A-Za-z0-9]+/.exec(page)?.[0];
  const answer = await ask(running.url, 'POST', '/v1/web-calls', {
    key: publishable,
    body: { agent_id: agent },
    headers: { origin: HOME },
  });
  return { ...answer, ms: Date.now() - began };
}

const lines = (running: ServerProcess, check: string) =>
  running.log().filter((line) => line['check'] === check);

describe('LiveKit', () => {
  it('that comes later is waited for: not ready, calls refused, one line, then all is well', async () => {
    const port = await freePort();
    const running = await start({
      ...(await freshDatabase()),
      LIVEKIT_URL: `ws://127.0.0.1:${port}`,
    });
    await waitFor(() => lines(running, 'livekit').length > 0, { what: 'the line' });
    expect(await running.ready()).toMatchObject({
      status: 503,
      body: {
        status: 'not_ready',
        checks: {
          database: { ok: true },
          livekit: {
            ok: false,
            reason: 'unreachable',
            detail: 'LiveKit cannot be reached at LIVEKIT_URL (ECONNREFUSED).',
          },
        },
      },
    });
    const refused = await startCall(running);
    expect(refused).toMatchObject({ status: 503, body: { code: 'media_unavailable' } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(HOME);
    expect(refused.headers.get('retry-after')).toBe('3');
    const token = await ask(running.url, 'POST', '/v1/livekit/token', {
      key: printedKeys([running]).publishable,
      body: { room_config: { agents: [{ agent_name: 'agent_x' }] } },
      headers: { origin: HOME },
    });
    expect(token).toMatchObject({ status: 503, body: { code: 'media_unavailable' } });
    expect(lines(running, 'livekit').map((line) => line.message)).toEqual([
      'LiveKit cannot be reached at LIVEKIT_URL (ECONNREFUSED).',
    ]);

    standIn = await startLivekitStandIn(port);
    // Whoever asks need not wait for the next look.
    expect((await startCall(running)).status).toBe(201);
    await waitFor(async () => (await running.ready())?.status === 200, { what: 'readiness' });
    expect(lines(running, 'livekit').map((line) => line.message)).toEqual([
      'LiveKit cannot be reached at LIVEKIT_URL (ECONNREFUSED).',
      'livekit is well again',
    ]);
  });

  it('that hangs, is overloaded or is something else is told apart, and nothing waits for it', async () => {
    standIn = await startLivekitStandIn();
    const running = await start({ ...(await freshDatabase()), LIVEKIT_URL: standIn.url });
    expect((await startCall(running)).status).toBe(201);
    const reason = async () => {
      const ready = await running.ready();
      return (ready?.body['checks'] as Record<string, { reason?: string }>)['livekit']?.reason;
    };
    standIn.answer = { status: 404, body: '<html>' };
    await waitFor(async () => (await reason()) === 'not_livekit', { what: 'another server' });
    standIn.answer = { status: 503, body: '{"code":"unavailable"}' };
    await waitFor(async () => (await reason()) === 'overloaded', { what: 'overload' });
    standIn.answer = 'hang';
    await waitFor(async () => (await reason()) === 'timeout', {
      what: 'silence',
      timeoutMs: 15_000,
    });
    const refused = await startCall(running);
    expect(refused).toMatchObject({ status: 503, body: { code: 'media_unavailable' } });
    expect(refused.ms).toBeLessThan(4_000);
    expect(lines(running, 'livekit')).toHaveLength(3);
  });
});

describeMediaServers('a media server', (media) => {
  /** A look that the machine was too busy for says so instead, and the next one comes soon. */
  const isTold = (running: ServerProcess, sentence: string) =>
    waitFor(() => lines(running, 'livekit').some(({ message }) => message === sentence), {
      what: sentence,
    });

  it('that knows another secret is named by its variables', async () => {
    const secret = 'another-secret-of-at-least-32-characters';
    const running = await start({
      ...(await freshDatabase()),
      LIVEKIT_URL: media().wsUrl,
      LIVEKIT_API_SECRET: secret,
    });
    await isTold(running, 'LiveKit refuses LIVEKIT_API_KEY or LIVEKIT_API_SECRET (HTTP 401).');
    expect(await startCall(running)).toMatchObject({
      status: 503,
      body: { code: 'media_unavailable' },
    });
    expect(running.output()).not.toContain(secret);
  });

  it.each([
    [5, "This machine's clock is 5 minutes ahead of LiveKit's: set both by NTP."],
    [-5, "This machine's clock is 5 minutes behind LiveKit's: set both by NTP."],
  ])('whose clock is %i minutes away is told by that', async (minutes, sentence) => {
    const shifted = `
      const Real = Date;
      const by = ${minutes * 60_000};
      globalThis.Date = class Date extends Real {
        constructor(...args) { if (args.length === 0) super(Real.now() + by); else super(...args); }
        static now() { return Real.now() + by; }
      };`;
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(shifted)}`];
    const running = await start(
      { ...(await freshDatabase()), LIVEKIT_URL: media().wsUrl },
      { nodeArgs },
    );
    await isTold(running, sentence);
    expect(await startCall(running)).toMatchObject({
      status: 503,
      body: { code: 'media_unavailable' },
    });
  });
});

describe('PostgreSQL', () => {
  const databaseLine = async (env: Record<string, string>) => {
    standIn = await startLivekitStandIn();
    const running = await start({ LIVEKIT_URL: standIn.url, ...env }, { until: 'listening' });
    const line = await waitFor(() => lines(running, 'database')[0], { what: 'the line' });
    const began = Date.now();
    const refused = await ask(running.url, 'POST', '/v1/web-calls', {
      key: 'dnx_sk_any',
      body: { agent_id: 'agent_x' },
    });
    expect(refused).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
    expect(Date.now() - began).toBeLessThan(2_000);
    const ready = await running.ready();
    expect(ready).toMatchObject({
      status: 503,
      body: { checks: { database: { ok: false, reason: line['reason'], detail: line.message } } },
    });
    expect(lines(running, 'database')).toHaveLength(1);
    return line.message;
  };

  it('that nobody runs is named', async () => {
    const url = `postgresql://test:hunter2@127.0.0.1:${await freePort()}/x`;
    expect(await databaseLine({ DATABASE_URL: url })).toBe(
      'PostgreSQL cannot be reached at DATABASE_URL (ECONNREFUSED).',
    );
    expect(server?.output()).not.toContain('hunter2');
  });

  it('that takes the connection and then says nothing is no different', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    expect(await databaseLine({ DATABASE_URL: `postgresql://test@127.0.0.1:${port}/x` })).toBe(
      'PostgreSQL cannot be reached at DATABASE_URL.',
    );
    silent.close();
  });

  it('that is too old is told so, with its version', async () => {
    const old = await startOldPostgres();
    expect(await databaseLine({ DATABASE_URL: old.url })).toBe(
      'PostgreSQL is too old: it is 9.6.24, and 13 is needed.',
    );
    await server?.stop();
    await old.close();
  });

  describe.skipIf(!bin)('that is there', () => {
    it('but has no such database is told so', async () => {
      const url = postgres?.url.replace('/postgres?', '/nothing?') ?? '';
      expect(await databaseLine({ DATABASE_URL: url })).toBe(
        'PostgreSQL has no database of the name in DATABASE_URL (3D000).',
      );
    });

    it('but knows another password is told so, and the server goes on once it is right', async () => {
      await admin?.query("create role guarded login superuser password 'right'");
      const DATABASE_URL = postgres?.guardedUrl('wrong') ?? '';
      expect(await databaseLine({ DATABASE_URL })).toBe(
        'PostgreSQL refuses the user or password of DATABASE_URL (28P01).',
      );
      await admin?.query("alter role guarded password 'wrong'");
      const running = server;
      if (!running) throw new Error('no server');
      await waitFor(() => running.output().includes('dialnexa: ready'), { what: 'the start' });
      await waitFor(async () => (await running.ready())?.status === 200, { what: 'readiness' });
      expect((await startCall(running)).status).toBe(201);
      await waitFor(() => lines(running, 'database').length === 2, { what: 'the second line' });
    });

    it('but stands still in the middle of it all: nothing hangs, and all is well when it goes on', async () => {
      standIn = await startLivekitStandIn();
      const running = await start({ LIVEKIT_URL: standIn.url, ...(await freshDatabase()) });
      await waitFor(async () => (await running.ready())?.status === 200, { what: 'readiness' });
      expect((await startCall(running)).status).toBe(201);
      postgres?.freeze();
      try {
        const surprised = await startCall(running);
        expect(surprised).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
        expect(surprised.ms).toBeLessThan(8_000);
        const line = await waitFor(() => lines(running, 'database')[0], { what: 'the line' });
        expect(line.message).toBe('database does not answer within 3 s.');
        expect((await running.ready())?.status).toBe(503);
        const warned = await startCall(running);
        expect(warned).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
        expect(warned.ms).toBeLessThan(4_000);
      } finally {
        postgres?.thaw();
      }
      await waitFor(async () => (await running.ready())?.status === 200, { what: 'the return' });
      expect((await startCall(running)).status).toBe(201);
    });
  });
});
