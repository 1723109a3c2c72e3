/** What one address, one visitor and one key may take of a workspace, and how the refusal says so. */
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { realApp } from '../support/real-app.js';
import type { ApiKey, CreatedApiKey } from '../../sdk/wire/api-key.js';
import type { CreateWebCallResponse } from '../../sdk/wire/web-call.js';
import type { RealApp } from '../support/real-app.js';

const SHOP = 'https://shop.example';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let real: RealApp;
let db: PGlite;

beforeAll(async () => {
  const opened = vi.spyOn(PGlite, 'create');
  real = await realApp({ trustedProxies: 1 });
  db = (await opened.mock.results[0]?.value) as PGlite;
});
afterAll(() => real.close());
afterEach(async () => {
  vi.useRealTimers();
  await real.domain.endOpenCalls('test');
});

const linesAre = (lines: number) =>
  db.query('update workspaces set concurrency_limit = $1', [lines]);
const makeKey = async (limits: object = {}) => {
  const request = { name: 'Shop', kind: 'publishable', allowed_origins: [SHOP], ...limits };
  const made = await real.api('POST', '/v1/api-keys', request);
  expect(made.status).toBe(201);
  return made.body as CreatedApiKey;
};
const change = (key: ApiKey, changes: object) =>
  real.api('PATCH', `/v1/api-keys/${key.id}`, changes);
const end = (grant: CreateWebCallResponse) =>
  real.api('POST', `/v1/web-calls/${grant.call_id}/terminate`, {});

/** Starts a call and answers its grant, or what refused it. */
async function start(key: CreatedApiKey, address: string, browser = 'Mozilla/5.0') {
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${key.key}`,
    origin: SHOP,
    'x-forwarded-for': address,
    'user-agent': browser,
  };
  const body = JSON.stringify({ agent_id: real.first.agent_id });
  const answer = await real.request('/v1/web-calls', { method: 'POST', headers, body });
  const json = (await answer.json()) as CreateWebCallResponse & {
    code?: string;
    limit?: string;
    message: string;
  };
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return { status: answer.status, body: json, limit: json.limit, wait };
}
async function joined(key: CreatedApiKey, address: string, browser?: string) {
  const call = await start(key, address, browser);
  if (call.status === 201) await real.joinCaller(call.body);
  return call;
}

describe('one address', () => {
  it('holds half of the lines with calls that are joined, and others have the rest', async () => {
    await linesAre(5);
    const key = await makeKey();
    for (let n = 0; n < 3; n += 1) expect((await joined(key, '10.0.0.1')).status).toBe(201);
    const fourth = await joined(key, '10.0.0.1');
    expect(fourth).toMatchObject({
      status: 409,
      body: {
        code: 'capacity_reached',
        limit: 'open_calls_per_address',
        message:
          'No capacity: 3 calls are open from this address, which is its share. End one of them.',
      },
    });
    expect((await joined(await makeKey(), '10.0.0.1')).limit).toBe('open_calls_per_address');
    for (const other of ['10.0.0.2', '10.0.0.3']) {
      expect((await joined(key, other)).status).toBe(201);
    }
    expect(await joined(key, '10.0.0.4')).toMatchObject({ status: 409, limit: 'concurrent_calls' });
  });

  it('holds what its key says, exactly, however many it starts at once', async () => {
    await linesAre(40);
    const key = await makeKey({ open_calls_per_address: 7 });
    const all = await Promise.all(Array.from({ length: 20 }, () => start(key, '10.0.0.1')));
    expect(all.filter(({ status }) => status === 201)).toHaveLength(7);
    const refused = all.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ limit }) => limit))).toEqual(new Set(['open_calls_per_address']));
    expect((await change(key, { open_calls_per_address: 8 })).status).toBe(200);
    expect((await start(key, '10.0.0.1')).status).toBe(201);
    expect((await start(key, '10.0.0.1')).status).toBe(409);
    await end(all.find(({ status }) => status === 201)?.body as CreateWebCallResponse);
    expect((await start(key, '10.0.0.1')).status).toBe(201);
  });

  it('holds what the workspace says, where the key says nothing', async () => {
    await linesAre(8);
    await db.query('update workspaces set open_calls_per_address = 1');
    const key = await makeKey();
    expect((await joined(key, '10.0.0.1')).status).toBe(201);
    expect((await joined(key, '10.0.0.1')).limit).toBe('open_calls_per_address');
    await change(key, { open_calls_per_address: 2 });
    expect((await joined(key, '10.0.0.1')).status).toBe(201);
    await db.query('update workspaces set open_calls_per_address = null');
  });

  it('keeps no more after midnight', async () => {
    await linesAre(4);
    const key = await makeKey();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('2030-05-01T23:59:00Z'));
    expect((await joined(key, '10.0.0.1')).status).toBe(201);
    vi.setSystemTime(new Date('2030-05-02T00:01:00Z'));
    expect((await joined(key, '10.0.0.1')).status).toBe(201);
    expect((await joined(key, '10.0.0.1')).limit).toBe('open_calls_per_address');
  });
});

describe('one visitor', () => {
  it('is one browser at one address, and holds what its key says', async () => {
    await linesAre(20);
    const key = await makeKey({ open_calls_per_visitor: 1 });
    expect((await start(key, '10.0.0.1', 'Firefox')).status).toBe(201);
    expect((await start(key, '10.0.0.1', 'Firefox')).limit).toBe('open_calls_per_visitor');
    expect((await start(key, '10.0.0.1', 'Chrome')).status).toBe(201);
    expect((await start(key, '10.0.0.2', 'Firefox')).status).toBe(201);
  });
});

describe('a key', () => {
  it('starts so many calls within an hour, exactly, and says when to come back', async () => {
    await linesAre(40);
    const key = await makeKey({ calls_per_hour: 3, open_calls_per_address: 40 });
    const all = await Promise.all(Array.from({ length: 8 }, () => start(key, '10.0.0.1')));
    const grants = all.filter(({ status }) => status === 201);
    expect(grants).toHaveLength(3);
    for (const grant of grants) await end(grant.body);
    real.clock.at += 20 * MINUTE_MS;
    const refused = await start(key, '10.0.0.9');
    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 'rate_limited',
        limit: 'calls_per_hour',
        message: 'This key has started 3 calls within an hour, which is its limit.',
      },
    });
    expect(refused.wait).toBeGreaterThan(39 * 60);
    expect(refused.wait).toBeLessThanOrEqual(40 * 60);
    expect((await start(await makeKey(), '10.0.0.9')).status).toBe(201);
    real.clock.at += refused.wait * 1_000;
    expect((await start(key, '10.0.0.9')).status).toBe(201);
  });

  it('talks so many minutes a day, those of open calls included', async () => {
    await linesAre(40);
    const key = await makeKey({ minutes_per_day: 2 });
    const first = await joined(key, '10.0.0.1');
    real.clock.at += MINUTE_MS;
    await end(first.body);
    real.clock.at += HOUR_MS;
    expect((await joined(key, '10.0.0.2')).status).toBe(201);
    real.clock.at += MINUTE_MS - 1_000;
    expect((await start(key, '10.0.0.3')).status).toBe(201);
    real.clock.at += 1_000;
    const refused = await start(key, '10.0.0.4');
    expect(refused).toMatchObject({
      status: 429,
      limit: 'minutes_per_day',
      body: {
        message: 'Calls with this key have lasted 2 minutes within 24 hours, which is its limit.',
      },
    });
    expect((await change(key, { minutes_per_day: null })).status).toBe(200);
    expect((await start(key, '10.0.0.4')).status).toBe(201);
    await change(key, { minutes_per_day: 2 });
    await real.domain.endOpenCalls('test');
    real.clock.at += refused.wait * 1_000;
    expect((await start(key, '10.0.0.4')).status).toBe(201);
  });

  it('has limits from the start when it is publishable, and changes for its own workspace only', async () => {
    const key = await makeKey();
    expect(key).toMatchObject({ calls_per_hour: 1_000, minutes_per_day: 2_000 });
    expect(await makeKey({ calls_per_hour: null })).toMatchObject({ calls_per_hour: null });
    const made = await real.api('POST', '/v1/api-keys', { name: 'Backend', kind: 'secret' });
    const secret = made.body as CreatedApiKey;
    expect(secret).toMatchObject({ calls_per_hour: null, minutes_per_day: null });
    expect(await change(secret, { open_calls_per_address: 1 })).toMatchObject({ status: 400 });
    for (const limit of [0, -1, 1.5, '3', 1e12]) {
      expect((await change(key, { calls_per_hour: limit })).status, String(limit)).toBe(400);
    }
    expect((await change(key, { allowed_origins: [] })).status).toBe(400);
    expect((await change(key, { kind: 'secret' })).status).toBe(400);
    const renamed = await change(key, { name: 'Hats', allowed_origins: ['https://hats.example'] });
    expect(renamed.body).toMatchObject({ ...renamedOf(key), calls_per_hour: 1_000 });
    // As it was made by an earlier version.
    await db.query(
      `update api_keys set allowed_origins = '["https://old.example;"]' where id = $1`,
      [key.id],
    );
    expect((await change(key, { calls_per_hour: 5 })).status).toBe(200);
    const stranger = { ...key, id: 'key_none' };
    expect((await change(stranger, { name: 'Mine' })).status).toBe(404);
    await db.query("insert into workspaces values ('ws_other', 'Other', 25, now())");
    await db.query("update api_keys set workspace_id = 'ws_other' where id = $1", [key.id]);
    expect((await change(key, { name: 'Mine' })).status).toBe(404);
  });
});

const renamedOf = ({ id, prefix }: CreatedApiKey) => ({
  id,
  prefix,
  name: 'Hats',
  allowed_origins: ['https://hats.example'],
});
