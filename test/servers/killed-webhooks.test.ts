/** Server processes that are killed fifty times while calls are made: every endpoint hears of all of them, and in order. */
import { decodeJwt } from 'jose';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres } from '../support/postgres.js';
import { waitFor } from '../support/wait-for.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';
import { roomOf } from './support/call-peer.js';
import { startLivekitStandIn } from './support/livekit-stand-in.js';
import { ask, printedKeys, startServer } from './support/server-process.js';
import { postHint, signHint } from './support/webhook.js';
import type { TestPostgres } from '../support/postgres.js';
import type { WebhookReceiver } from '../support/webhook-receiver.js';
import type { LivekitStandIn } from './support/livekit-stand-in.js';
import type { ServerProcess } from './support/server-process.js';

const KILLS = 50;
/** Processes that are there at the same time, sharing the database. */
const LANES = 3;
const bin = findPostgres();
if (!bin)
  console.log('killed while webhooks are sent: left out, because PostgreSQL is not installed.');

describe.skipIf(!bin)('processes that are killed at any moment', () => {
  let postgres: TestPostgres;
  let livekit: LivekitStandIn;
  let receiver: WebhookReceiver;
  let first: ServerProcess;
  let key: string;
  let agentId: string;
  let env: Record<string, string>;
  let db: pg.Client;

  beforeAll(async () => {
    postgres = startPostgres(bin ?? '');
    livekit = await startLivekitStandIn();
    receiver = await startWebhookReceiver();
    env = {
      DATABASE_URL: postgres.url,
      LIVEKIT_URL: livekit.url,
      PUBLIC_URL: 'http://127.0.0.1:18779',
      ALLOW_PRIVATE_WEBHOOK_HOSTS: '1',
      LOG_LEVEL: 'error',
    };
    first = await startServer({ env });
    ({ secret: key } = printedKeys([first]));
    db = new pg.Client({ connectionString: postgres.url });
    await db.connect();
    const { rows } = await db.query<{ agent_id: string }>('select agent_id from demo_page');
    agentId = rows[0]?.agent_id ?? '';
  });
  afterAll(async () => {
    await db?.end();
    await first?.stop();
    await receiver?.close();
    await livekit?.close();
    postgres?.stop();
  });

  it('lose no event of a call, and mix up none', async () => {
    const { status } = await ask(first.url, 'POST', '/v1/webhooks', {
      key,
      body: { url: receiver.url },
    });
    expect(status).toBe(201);
    await first.stop();
    // Long enough to be killed in between.
    receiver.answer = (response) => void setTimeout(() => response.end(), 20);
    /** What a process has said of a call. */
    const joined = new Set<string>();
    const ended = new Set<string>();
    let kills = 0;

    /** `answered` is told after each request; what `left` holds was begun by a process that is dead. */
    const callAgainAndAgain = async (
      server: ServerProcess,
      left: string[],
      answered: () => void,
    ): Promise<void> => {
      const terminate = async (id: string): Promise<void> => {
        const end = await ask(server.url, 'POST', `/v1/web-calls/${id}/terminate`, {
          key,
          body: {},
        });
        if (end.status === 200) ended.add(id);
        answered();
      };
      for (let [id] = left; id !== undefined; [id] = left) {
        await terminate(id);
        left.shift();
      }
      for (;;) {
        const body = { agent_id: agentId };
        const { body: grant } = await ask(server.url, 'POST', '/v1/web-calls', { key, body });
        const id = String(grant['call_id']);
        left.push(id);
        answered();
        const token = String(grant['access_token']);
        const room = { name: roomOf(token) };
        const participant = { sid: `PA_${id}`, identity: decodeJwt(token).sub };
        livekit.rooms.set(room.name, [{ identity: String(participant.identity) }]);
        const hint = await signHint({ event: 'participant_joined', room, participant });
        if ((await postHint(server.url, hint)) === 200) joined.add(id);
        answered();
        await terminate(id);
        left.shift();
      }
    };
    const lane = async (): Promise<void> => {
      const left: string[] = [];
      while (kills < KILLS) {
        const server = await startServer({ env });
        kills += 1;
        // After so many requests, and somewhere within the next one.
        let before = kills % 7;
        const withinMs = (kills * 11) % 25;
        let calling: Promise<void> | undefined;
        await new Promise<void>((resolve) => {
          const kill = (): void => void setTimeout(resolve, withinMs);
          const answered = (): void => {
            if (before === 0) kill();
            before -= 1;
          };
          calling = callAgainAndAgain(server, left, answered).catch(resolve);
        });
        await server.stop('SIGKILL');
        await calling;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(ended.size).toBeGreaterThan(KILLS);

    first = await startServer({ env });
    const count = async (what: string) => Number((await db.query<{ n: string }>(what)).rows[0]?.n);
    await waitFor(
      async () =>
        (await count("select count(*) n from webhook_deliveries where status <> 'delivered'")) ===
        0,
      { timeoutMs: 40_000, what: 'every delivery' },
    );
    const { rows: calls } = await db.query<{ id: string; started: boolean; ended: boolean }>(
      'select id, started_at is not null started, ended_at is not null ended from calls',
    );
    const idOf = (body: string): string => /"id":"(call_\w+)"/.exec(body)?.[1] ?? '';
    const heard = (type: string) =>
      receiver
        .events()
        .flatMap(({ event, body }, n) =>
          event.event_type === type ? [[idOf(body), n] as const] : [],
        );
    // The first time that each was heard of.
    const began = new Map(heard('call_initiated').reverse());
    const over = new Map(heard('call_ended').reverse());
    const missing = calls.filter(
      ({ id, started, ended: isOver }) => (started && !began.has(id)) || (isOver && !over.has(id)),
    );
    expect(missing).toEqual([]);
    expect([...joined].filter((id) => !began.has(id))).toEqual([]);
    expect([...ended].filter((id) => !over.has(id))).toEqual([]);
    const known = new Set(calls.map(({ id }) => id));
    expect([...began.keys(), ...over.keys()].filter((id) => !known.has(id))).toEqual([]);
    const mixedUp = [...began].filter(([id, n]) => (over.get(id) ?? Infinity) < n);
    expect(mixedUp).toEqual([]);
    // Fifty starts take a minute, and several on a busy machine.
  }, 600_000);
});
