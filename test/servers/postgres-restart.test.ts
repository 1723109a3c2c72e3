/** PostgreSQL that is restarted under load: answers say so, the processes live, and nothing told is lost. */
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
if (!bin) console.log('a restart of PostgreSQL: left out, because it is not installed.');

describe.skipIf(!bin)('a restart of PostgreSQL', () => {
  let postgres: TestPostgres;
  let livekit: LivekitStandIn;
  let servers: ServerProcess[];
  let secret: string;
  let agentId: string;
  const refusals: Answer[] = [];

  beforeAll(async () => {
    postgres = startPostgres(bin ?? '');
    livekit = await startLivekitStandIn();
    const env = { DATABASE_URL: postgres.url, LIVEKIT_URL: livekit.url };
    servers = await Promise.all([startServer({ env }), startServer({ env })]);
    ({ secret } = printedKeys(servers));
    const db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    const { rows } = await db.query<{ agent_id: string }>('select agent_id from demo_page');
    agentId = rows[0]?.agent_id ?? '';
    await db.query('update workspaces set concurrency_limit = 1000');
    await db.end();
  });
  afterAll(async () => {
    await Promise.all((servers ?? []).map((server) => server.stop()));
    await livekit?.close();
    postgres?.stop();
  });

  /** Asks either process, again and again while the database is away; every refusal is kept. */
  let turn = 0;
  const insist = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    waitFor(
      async () => {
        turn += 1;
        const url = servers[turn % servers.length]?.url ?? '';
        const answer = await ask(url, method, path, { key: secret, body, headers });
        if (answer.status >= 500 || answer.body['code'] === 'conflict') refusals.push(answer);
        return answer.status < 300 ? answer : null;
      },
      { timeoutMs: 60_000, everyMs: 100, what: `${method} ${path}` },
    );
  const hint = async (event: Record<string, unknown>): Promise<void> => {
    const signed = await signHint(event);
    await waitFor(
      async () => {
        turn += 1;
        return (await postHint(servers[turn % servers.length]?.url ?? '', signed)) === 200;
      },
      { timeoutMs: 60_000, everyMs: 100, what: 'the webhook' },
    );
  };

  it('is answered with 503 and a code, and afterwards every call is whole', async () => {
    const ids: string[] = [];
    const made = new Map<string, string>();
    let isOver = false;
    const live = async (name: string): Promise<void> => {
      for (let n = 0; !isOver; n += 1) {
        const key = `${name}-${n}`;
        const { body } = await insist(
          'POST',
          '/v1/web-calls',
          { agent_id: agentId },
          { 'idempotency-key': key },
        );
        const id = String(body['call_id']);
        made.set(key, id);
        const token = String(body['access_token']).split('.')[1] ?? '';
        const claims = JSON.parse(Buffer.from(token, 'base64url').toString()) as {
          sub: string;
          video: { room: string };
        };
        const room = { name: claims.video.room };
        const participant = { sid: `PA_${key}`, identity: claims.sub };
        const agent = { sid: `PA_a${key}`, identity: 'agent', kind: 'AGENT' as const };
        livekit.rooms.set(room.name, [participant, agent]);
        await hint({ event: 'participant_joined', room, participant });
        await hint({ event: 'participant_joined', room, participant: agent });
        await insist('POST', `/v1/web-calls/${id}/terminate`, {});
        ids.push(id);
      }
    };
    const load = Promise.all(Array.from({ length: 8 }, (_, n) => live(`caller-${n}`)));
    await waitFor(() => ids.length > 20, { what: 'the load' });
    await postgres.restart(1_500);
    const after = ids.length;
    await waitFor(() => ids.length > after + 20, { what: 'the load again', timeoutMs: 30_000 });
    isOver = true;
    await load;

    expect(refusals.length).toBeGreaterThan(0);
    const codes = new Set(refusals.map(({ status, body }) => `${status} ${String(body['code'])}`));
    codes.delete('409 conflict');
    expect([...codes]).toEqual(['503 database_unavailable']);
    expect(servers.map((server) => server.isRunning())).toEqual([true, true]);
    for (const id of ids) {
      const { body: call } = await insist('GET', `/v1/calls/${id}`);
      expect(call).toMatchObject({ status: 'completed', end_reason: 'terminated_by_api' });
      const types = (call['timeline'] as { type: string }[]).map(({ type }) => type);
      expect(types).toEqual([
        'call_created',
        'caller_joined',
        'agent_joined',
        'agent_answered',
        'call_ended',
      ]);
    }
    for (const server of servers) {
      await waitFor(async () => (await server.ready())?.status === 200, { what: 'readiness' });
      const lines = server.log().filter((line) => line['check'] === 'database');
      expect(lines.length).toBeLessThanOrEqual(4);
      expect(lines.at(-1)?.message).toBe('database is well again');
      expect(server.log().filter((line) => line.message === 'request failed')).toEqual([]);
    }
    console.log(
      `PostgreSQL away for 1.5 s: ${ids.length} calls whole, ${refusals.length} requests refused`,
    );
  });
});
