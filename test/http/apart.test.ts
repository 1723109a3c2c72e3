/** What must stay apart: workspaces, keys' origins, visitors, and secrets from the database. */
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { claimedCall } from '../support/claimed-call.js';
import { HOME, realApp } from '../support/real-app.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { Principal } from '../../server/domain/keys/principal.js';
import type { RealApp } from '../support/real-app.js';

let real: RealApp;
let db: PGlite;

beforeAll(async () => {
  const opened = vi.spyOn(PGlite, 'create');
  real = await realApp({ trustedProxies: 1 });
  db = (await opened.mock.results[0]?.value) as PGlite;
});
afterAll(() => real.close());

const from = (address: string) => ({ ...real.page, 'x-forwarded-for': address });
const countCalls = async (): Promise<number> => {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from calls');
  return rows[0]?.n ?? -1;
};
const end = (callId: string) => real.api('POST', `/v1/web-calls/${callId}/terminate`, {});

describe('two workspaces', () => {
  it('see nothing of each other', async () => {
    await db.query("insert into workspaces values ('ws_other', 'Other', 25, now())");
    const owner = { keyId: 'key_none', workspaceId: 'ws_other', kind: 'secret' } as Principal;
    const made = await real.domain.createApiKey(owner, { name: 'Other', kind: 'secret' });
    const other = { authorization: `Bearer ${made.key}` };
    const { body: grant } = await real.createCall();
    const call = `/v1/calls/${grant.call_id}`;
    const agent = `/v1/agents/${real.first.agent_id}`;
    const keys = (await real.api('GET', '/v1/api-keys')).body as { data: { id: string }[] };
    const table: [string, string, object?][] = [
      ['GET', call],
      ['GET', `${call}/transcript`],
      ['GET', `${call}/events`],
      ['GET', `${call}/recording`],
      ['POST', `/v1/web-calls/${grant.call_id}/terminate`, {}],
      ['POST', '/v1/web-calls', { agent_id: real.first.agent_id }],
      ['POST', '/v1/web-calls', { agent_version_id: grant.agent_version_id }],
      ['GET', agent],
      ['PATCH', agent, { title: 'Mine' }],
      ['GET', `${agent}/versions`],
      ['GET', `${agent}/versions/1`],
      ['PATCH', `${agent}/versions/2`, { settings: { prompt: 'Mine' } }],
      ['POST', `${agent}/versions/2/publish`, {}],
      ['GET', `${agent}/diff?from=1&to=2`],
      ['DELETE', `/v1/api-keys/${keys.data[0]?.id}`],
    ];
    for (const [method, path, body] of table) {
      const answer = await real.api(method, path, body, other);
      expect(answer, `${method} ${path}`).toMatchObject({ status: 404 });
    }
    for (const list of ['/v1/calls', `/v1/calls?call_id=${grant.call_id}`, '/v1/agents']) {
      expect(await real.api('GET', list, undefined, other)).toMatchObject({ body: { data: [] } });
    }
    const own = await real.api('GET', '/v1/api-keys', undefined, other);
    expect(own).toMatchObject({ body: { data: [{ id: made.id }] } });
    expect((await real.readCall(grant.call_id)).status).toBe('created');
    await end(grant.call_id);
  });
});

describe('a key', () => {
  it('starts no call from an origin that only another key names', async () => {
    const origin = 'https://b.example';
    const request = { name: 'B', kind: 'publishable', allowed_origins: [origin] };
    const made = (await real.api('POST', '/v1/api-keys', request)).body as { key: string };
    const asked = await real.createCall(undefined, { ...real.page, origin });
    expect(asked).toMatchObject({ status: 403, body: { code: 'origin_not_allowed' } });
    const own = { authorization: `Bearer ${made.key}`, origin };
    expect((await real.createCall(undefined, { ...own, origin: HOME })).status).toBe(403);
    const { status, body } = await real.createCall(undefined, own);
    expect(status).toBe(201);
    await end(body.call_id);
  });
});

describe('one visitor', () => {
  it('holds a share of the capacity with calls that nobody joins, and leaves the rest to others', async () => {
    await db.query("update workspaces set concurrency_limit = 8 where id <> 'ws_other'");
    const address = '2001:db8:1:2::1';
    const first = await real.createCall(undefined, from(address));
    const second = await real.createCall(undefined, from('2001:db8:1:2::ffff'));
    expect([first.status, second.status]).toEqual([201, 201]);
    const before = await countCalls();
    const third = await real.createCall(undefined, from(address));
    expect(third).toMatchObject({ status: 409, body: { code: 'capacity_reached' } });
    expect(await countCalls()).toBe(before);
    const neighbour = await real.createCall(undefined, from('2001:db8:1:3::1'));
    expect(neighbour.status).toBe(201);
    // Whoever joins or gives up may start another.
    await real.joinCaller(first.body);
    const fourth = await real.createCall(undefined, from(address));
    expect(fourth.status).toBe(201);
    await end(second.body.call_id);
    const fifth = await real.createCall(undefined, from(address));
    expect(fifth.status).toBe(201);
    const record = await real.readCall(fifth.body.call_id);
    expect(Object.keys(record.route)).not.toContain('visitor');
    for (const { body } of [first, neighbour, fourth, fifth]) await end(body.call_id);
  });

  it('meets the workspace’s own limit, which leaves no record either', async () => {
    await db.query("update workspaces set concurrency_limit = 2 where id <> 'ws_other'");
    const one = await real.createCall(undefined, real.secret);
    const two = await real.createCall(undefined, real.secret);
    const before = await countCalls();
    const three = await real.createCall(undefined, real.secret);
    expect(three).toMatchObject({ status: 409, body: { code: 'capacity_reached' } });
    expect(await countCalls()).toBe(before);
    for (const { body } of [one, two]) await end(body.call_id);
    await db.query('update workspaces set concurrency_limit = 25');
  });
});

describe('a repeat', () => {
  it.each([
    ['/v1/web-calls', () => ({ agent_id: real.first.agent_id })],
    [
      '/v1/livekit/token',
      () => ({ room_config: { agents: [{ agent_name: real.first.agent_id }] } }),
    ],
  ])('of %s answers the same grant, and makes no second call', async (path, body) => {
    const headers = { ...from('10.0.0.1'), 'idempotency-key': `repeat-of-${path}` };
    const one = await real.api('POST', path, body(), headers);
    const before = await countCalls();
    const two = await real.api('POST', path, body(), headers);
    expect(one.status).toBe(201);
    expect(two).toEqual(one);
    expect(await countCalls()).toBe(before);
    const { call_id } = one.body as CreateWebCallResponse;
    const { route } = await real.readCall(call_id);
    expect(route.chosen_by).toBe(path === '/v1/web-calls' ? 'agent_id' : 'agent_name');
    const other = path === '/v1/web-calls' ? { locale: 'de' } : { participant_name: 'Ada' };
    expect(await real.api('POST', path, { ...body(), ...other }, headers)).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    });
    // Another visitor of the page has the same key, and may send the very same.
    const stranger = { ...headers, 'x-forwarded-for': '10.0.0.2' };
    const third = await real.api('POST', path, body(), stranger);
    expect(third.status).toBe(201);
    const mine = third.body as CreateWebCallResponse;
    expect(mine.call_id).not.toBe(call_id);
    expect(mine.call_token).not.toBe((one.body as CreateWebCallResponse).call_token);
    // So has another browser behind the same address.
    const colleague = { ...headers, 'user-agent': 'Another browser' };
    const fourth = (await real.api('POST', path, body(), colleague)).body as CreateWebCallResponse;
    expect([call_id, mine.call_id]).not.toContain(fourth.call_id);
    for (const id of [call_id, mine.call_id, fourth.call_id]) await end(id);
  });

  it('of a backend is one, wherever it comes from', async () => {
    const headers = { ...real.secret, 'idempotency-key': 'backend' };
    const body = { agent_id: real.first.agent_id };
    const of = async (address: string) => {
      const from_ = { ...headers, 'x-forwarded-for': address };
      return (await real.api('POST', '/v1/web-calls', body, from_)).body as CreateWebCallResponse;
    };
    const { call_id } = await of('10.0.0.1');
    expect((await of('10.0.0.2')).call_id).toBe(call_id);
    await end(call_id);
  });
});

describe('the database', () => {
  it('holds no secret that anybody could use', async () => {
    const key = 'sealed-1';
    const { body: grant } = await real.createCall(undefined, {
      ...real.page,
      'idempotency-key': key,
    });
    const { jobToken, grant: claimed } = await claimedCall(real);
    const request = { name: 'Kept', kind: 'secret' };
    const headers = { ...real.secret, 'idempotency-key': key };
    const made = (await real.api('POST', '/v1/api-keys', request, headers)).body as { key: string };
    const { rows: tables } = await db.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const texts = await Promise.all(
      tables.map(({ name }) => db.query<{ row: string }>(`select t::text as row from "${name}" t`)),
    );
    const all = texts.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
    for (const there of [grant.call_id, claimed.call_id, key]) expect(all).toContain(there);
    const secrets = [
      real.first.secret_key,
      made.key,
      grant.access_token,
      grant.call_token,
      claimed.access_token,
      claimed.call_token,
      jobToken,
    ];
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});
