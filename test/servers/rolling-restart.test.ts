/** Processes that are replaced one after another while calls begin and end: nobody notices. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaServers } from '../conformance/support/media-servers.js';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';
import { startBalancer } from './support/balancer.js';
import { joinAsAgent, joinAsCaller, roomOf } from './support/call-peer.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import type { MediaServer } from '../conformance/support/media-server.js';
import type { TestPostgres } from '../support/postgres.js';
import type { Balancer } from './support/balancer.js';
import type { ServerProcess } from './support/server-process.js';

const bin = findPostgres();
if (!bin) console.log('a rolling restart: left out, because PostgreSQL is not installed.');
/** Callers that are there at the same time. */
const CALLERS = 4;

interface Lived {
  id: string;
  endedBy: 'caller' | 'backend';
}

for (const kind of mediaServers) {
  if (kind.missing) console.log(`a rolling restart: left out on ${kind.name}: ${kind.missing}.`);
  describe.skipIf(!bin || kind.missing !== null)(`a rolling restart on ${kind.name}`, () => {
    let postgres: TestPostgres;
    let media: MediaServer;
    let balancer: Balancer;
    const servers: ServerProcess[] = [];
    let secret: string;
    let agentId: string;
    let env: Record<string, string>;

    const add = async (): Promise<void> => {
      const server = await startServer({ env });
      servers.push(server);
      balancer.add(server.url);
      await waitFor(() => balancer.ready().includes(server.url), { what: 'the new process' });
    };

    beforeAll(async () => {
      postgres = startPostgres(bin ?? '');
      balancer = await startBalancer();
      media = await kind.start({ webhookUrl: `${balancer.url}/livekit/webhook` });
      env = {
        DATABASE_URL: postgres.url,
        LIVEKIT_URL: media.wsUrl,
        PUBLIC_URL: balancer.url,
        // The balancer looks twice a second, and a busy machine is late.
        DRAIN_SECONDS: '3',
      };
      await Promise.all([add(), add()]);
      ({ secret } = printedKeys(servers));
      const db = new pg.Client({ connectionString: postgres.url });
      await db.connect();
      const { rows } = await db.query<{ agent_id: string }>('select agent_id from demo_page');
      agentId = rows[0]?.agent_id ?? '';
      await db.end();
    });
    afterAll(async () => {
      await media?.stop();
      await Promise.all(servers.map((server) => server.stop()));
      await balancer?.close();
      postgres?.stop();
    });

    const rest = (method: string, path: string, body?: unknown) =>
      ask(balancer.url, method, path, { key: secret, body });

    /** One call after another, ended in turns by the caller and by a backend. */
    const callAgainAndAgain = async (isOver: () => boolean, lived: Lived[]): Promise<void> => {
      for (let n = 0; !isOver(); n += 1) {
        const { status, body } = await rest('POST', '/v1/web-calls', { agent_id: agentId });
        expect({ status, body }).toMatchObject({ status: 201 });
        const grant = body as { call_id: string; access_token: string };
        const caller = await joinAsCaller(media.wsUrl, grant.access_token);
        const agent = await joinAsAgent(media.wsUrl, roomOf(grant.access_token), 'agent-1');
        const isAnswered = async () =>
          (await rest('GET', `/v1/calls/${grant.call_id}`)).body['status'] === 'received';
        await waitFor(isAnswered, { what: 'the answer', timeoutMs: 20_000 });
        const endedBy = n % 2 === 0 ? 'caller' : 'backend';
        if (endedBy === 'backend') {
          const end = await rest('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});
          expect(end.status).toBe(200);
        }
        await caller.disconnect();
        await agent.disconnect();
        lived.push({ id: grant.call_id, endedBy });
      }
    };

    it('loses no request, no call, no transition and no webhook', async () => {
      const lived: Lived[] = [];
      let isOver = false;
      // One call lasts through everything.
      const { body: long } = await rest('POST', '/v1/web-calls', { agent_id: agentId });
      const longToken = String(long['access_token']);
      const longCaller = await joinAsCaller(media.wsUrl, longToken);
      const longAgent = await joinAsAgent(media.wsUrl, roomOf(longToken), 'agent-1');
      let wasDropped = false;
      longCaller.on('disconnected', () => (wasDropped = true));
      const callers = Array.from({ length: CALLERS }, () => callAgainAndAgain(() => isOver, lived));
      const replaced = (async () => {
        for (const old of [...servers]) {
          await add();
          expect(await old.stop('SIGTERM')).toBe(0);
          balancer.remove(old.url);
        }
      })();
      await Promise.race([replaced, Promise.all(callers)]);
      isOver = true;
      await Promise.all([replaced, ...callers]);
      expect(lived.length).toBeGreaterThan(CALLERS * 2);
      expect(wasDropped).toBe(false);
      const { body: still } = await rest('GET', `/v1/calls/${String(long['call_id'])}`);
      expect(still).toMatchObject({ status: 'received', ended_at: null });
      await longCaller.disconnect();
      await longAgent.disconnect();
      lived.push({ id: String(long['call_id']), endedBy: 'caller' });

      for (const { id, endedBy } of lived) {
        const call = await waitFor(
          async () => {
            const { body } = await rest('GET', `/v1/calls/${id}`);
            return body['ended_at'] ? body : null;
          },
          { what: `the end of ${id}`, timeoutMs: 15_000 },
        );
        const reason = endedBy === 'caller' ? 'user_disconnected' : 'terminated_by_api';
        expect(call).toMatchObject({ status: 'completed', end_reason: reason });
        const types = (call['timeline'] as { type: string }[]).map(({ type }) => type);
        for (const once of ['call_created', 'caller_joined', 'agent_joined', 'call_ended']) {
          expect(types.filter((type) => type === once)).toEqual([once]);
        }
      }
      expect(balancer.lost).toEqual([]);
      const hints = [...balancer.answered].filter(([line]) => line.includes('/livekit/webhook'));
      expect(hints.map(([line]) => line)).toEqual(['POST /livekit/webhook 200']);
      console.log(
        `rolling restart on ${kind.name}: ${lived.length} calls, ${hints[0]?.[1] ?? 0} webhooks, ` +
          `${[...balancer.answered.values()].reduce((sum, n) => sum + n, 0)} requests, none lost`,
      );
      // Two processes end and two begin, each in its time; each wait within has a bound of its own.
    }, 300_000);
  });
}
