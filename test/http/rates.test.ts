/** Who is counted with whom: one visitor must not use up what is a site's, a worker's or everybody's. */
import { describe, expect, it, vi } from 'vitest';
import { createMemoryRateLimiter } from '../../server/http/rate-limit/rate-limit.js';
import { createSharedRateLimiter } from '../../server/http/rate-limit/shared-rate-limit.js';
import { PUBLISHABLE_KEY, SECRET_KEY, SHOP, refusal } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const PAGE = { authorization: `Bearer ${PUBLISHABLE_KEY}`, origin: SHOP };
const BACKEND = { authorization: `Bearer ${SECRET_KEY}` };
const JOB = { authorization: 'Bearer dnx_job_right' };
const STRANGER = { authorization: 'Bearer dnx_job_wrong' };
const two = { limit: 2, windowSec: 60 };
const lists = { listCalls: () => Promise.resolve({ data: [], next_cursor: null }) };
const starts = { createWebCall: () => Promise.reject(refusal('capacity_reached')) };
const ended = {
  call_id: 'call_1',
  status: 'completed',
  end_reason: 'agent_disconnected',
  ended_at: null,
} as const;
const reports = {
  reportOutcome: (_callId: string, token: string) =>
    token === 'dnx_job_right' ? Promise.resolve(ended) : Promise.reject(refusal('token_invalid')),
};
const from = (address: string): { 'x-forwarded-for': string } => ({ 'x-forwarded-for': address });

const start = async ({ request }: TestApp, headers: Record<string, string>) =>
  (await request('/v1/web-calls', jsonPost({ agent_id: 'a' }, headers))).status;
const report = async ({ request }: TestApp, headers: Record<string, string>, callId = 'call_1') => {
  const path = `/v1/agent-jobs/${callId}/outcome`;
  return (await request(path, jsonPost({ end_reason: 'agent_disconnected' }, headers))).status;
};
const end = async ({ request }: TestApp, headers: Record<string, string>) =>
  (await request('/v1/web-calls/call_1/terminate', jsonPost({ call_token: 'x' }, headers))).status;

describe('a key', () => {
  it('is counted for a backend, wherever it asks from', async () => {
    const { request } = testApp(lists, { rates: { key: two }, trustedProxies: 1 });
    const ask = async (address: string) =>
      (await request('/v1/calls', { headers: { ...BACKEND, ...from(address) } })).status;
    expect([await ask('10.0.0.1'), await ask('10.0.0.2'), await ask('10.0.0.3')]).toEqual([
      200, 200, 429,
    ]);
  });

  it('is not used up by whoever copied it from the page', async () => {
    const rates = { key: { limit: 3, windowSec: 60 }, visitor: two };
    const app = testApp({ ...starts, ...lists }, { rates, trustedProxies: 1 });
    const evil = { ...PAGE, origin: 'https://evil.example', ...from('10.0.0.1') };
    for (let n = 0; n < 5; n += 1) expect(await start(app, evil)).toBe(403);
    for (let n = 0; n < 5; n += 1) {
      const headers = { ...PAGE, ...from('10.0.0.1') };
      expect((await app.request('/v1/calls', { headers })).status).toBe(403);
    }
    const same = { ...PAGE, ...from('10.0.0.1') };
    expect([await start(app, same), await start(app, same)]).toEqual([409, 409]);
    for (let n = 0; n < 5; n += 1) expect(await start(app, same)).toBe(429);
    expect(await start(app, { ...PAGE, ...from('10.0.0.2') })).toBe(409);
  });
});

describe('an address', () => {
  it('may ask so often and no more, with any key or none', async () => {
    const { request } = testApp(lists, { rates: { address: two }, trustedProxies: 1 });
    const ask = (headers: object, address: string) =>
      request('/v1/calls', { headers: { ...headers, ...from(address) } });
    expect((await ask({}, '10.0.0.1')).status).toBe(401);
    expect((await ask(BACKEND, '10.0.0.1')).status).toBe(200);
    const refused = await ask(BACKEND, '10.0.0.1');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited' });
    expect((await ask(BACKEND, '10.0.0.2')).status).toBe(200);
  });

  it.each(['/v1/web-calls', '/v1/livekit/token'])(
    'reads in its page that it was too much: %s',
    async (path) => {
      const { request } = testApp(starts, { rates: { address: { limit: 0, windowSec: 60 } } });
      const answer = await request(path, jsonPost({ agent_id: 'a' }, PAGE));
      expect(answer.status).toBe(429);
      expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
      expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after');
    },
  );

  it('is what the nearest trusted proxy says, and nothing that a caller wrote', async () => {
    const seen = async (trustedProxies: number, forwarded: string | null) => {
      const { request, log } = testApp(lists, { trustedProxies });
      await request('/v1/calls', { headers: forwarded === null ? {} : from(forwarded) });
      return (JSON.parse(log.at(-1) ?? '{}') as { address: string }).address;
    };
    expect(await seen(0, '1.1.1.1')).toBe('unknown');
    expect(await seen(1, '6.6.6.6, 7.7.7.7, 1.1.1.1')).toBe('1.1.1.1');
    expect(await seen(2, '6.6.6.6, 1.1.1.1, 10.0.0.9')).toBe('1.1.1.1');
    // Too few, or none: it did not come through all the proxies, so only its socket is believed.
    expect(await seen(2, '6.6.6.6')).toBe('unknown');
    expect(await seen(1, null)).toBe('unknown');
    expect(await seen(1, '')).toBe('unknown');
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002:a::', true],
    ['[2001:db8:1:2::1]:443', '2001:db8:1:2::2', true],
    ['2001:db8::1', '2001:db8::2', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1:5000', '10.0.0.1:6000', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db9::1', false],
    ['10.0.0.1', '10.0.0.2', false],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2', false],
  ])('%s and %s: the same %s', async (one, other, same) => {
    const rates = { address: { limit: 1, windowSec: 60 } };
    const { request } = testApp(lists, { rates, trustedProxies: 1 });
    const ask = async (address: string) =>
      (await request('/v1/calls', { headers: { ...BACKEND, ...from(address) } })).status;
    expect(await ask(one)).toBe(200);
    expect(await ask(other)).toBe(same ? 429 : 200);
  });
});

describe('a caller', () => {
  it('may ask so often for the end of a call', async () => {
    const verbs = { terminateByCaller: () => Promise.reject(refusal('token_invalid')) };
    const app = testApp(verbs, { rates: { caller: two }, trustedProxies: 1 });
    const one = from('10.0.0.1');
    expect([await end(app, one), await end(app, one), await end(app, one)]).toEqual([
      401, 401, 429,
    ]);
    expect(await end(app, from('10.0.0.2'))).toBe(401);
  });

  it('has no more questions for reading it', async () => {
    const no = () => Promise.reject(refusal('token_invalid'));
    const verbs = { terminateByCaller: no, getWebCall: no };
    const app = testApp(verbs, { rates: { caller: two } });
    const read = async () => {
      const headers = { authorization: 'Bearer x' };
      return (await app.request('/v1/web-calls/call_1', { headers })).status;
    };
    expect([await end(app, {}), await read(), await read()]).toEqual([401, 401, 429]);
  });
});

describe('a job', () => {
  it('may say so much, and no stranger can use that up', async () => {
    const app = testApp(reports, { rates: { job: two } });
    for (let n = 0; n < 9; n += 1) expect(await report(app, STRANGER)).toBe(401);
    // The first tells who it is; from then on it is counted.
    expect([await report(app, JOB), await report(app, JOB), await report(app, JOB)]).toEqual([
      200, 200, 200,
    ]);
    expect(await report(app, JOB)).toBe(429);
    expect(await report(app, JOB, 'call_2')).toBe(200);
  });

  it('is not counted with its worker’s address, while junk from there is', async () => {
    const app = testApp(reports, { rates: { address: { limit: 3, windowSec: 60 } } });
    expect([await report(app, JOB), await report(app, JOB, 'call_2')]).toEqual([200, 200]);
    for (let n = 0; n < 9; n += 1) expect(await report(app, JOB)).toBe(200);
    expect([await report(app, STRANGER), await report(app, STRANGER)]).toEqual([401, 429]);
    expect(await report(app, JOB, 'call_3')).toBe(429);
    expect(await report(app, JOB, 'call_2')).toBe(200);
  });

  it('whose token is worth nothing any more is a stranger again', async () => {
    let isOver = false;
    const reportOutcome = () =>
      isOver ? Promise.reject(refusal('call_already_ended')) : Promise.resolve(ended);
    const app = testApp({ reportOutcome }, { rates: { address: two } });
    for (let n = 0; n < 5; n += 1) expect(await report(app, JOB)).toBe(200);
    isOver = true;
    expect([await report(app, JOB), await report(app, JOB), await report(app, JOB)]).toEqual([
      409, 409, 429,
    ]);
  });
});

describe('the shared limiter', () => {
  const away = Object.assign(new Error('away'), { name: 'StoreError' });
  const granted = { granted: 1, remaining: 0, resetSec: 60 };

  it('goes on counting for the others when one bucket cannot be counted', async () => {
    const countRequests = vi.fn(() => Promise.resolve(granted));
    countRequests.mockRejectedValueOnce(new Error('no such text'));
    const limiter = createSharedRateLimiter({ countRequests });
    expect((await limiter.take('bad', two)).allowed).toBe(true);
    await limiter.take('good', two);
    expect(countRequests).toHaveBeenCalledTimes(2);
  });

  it('counts for itself while the database is away', async () => {
    const countRequests = vi.fn(() => Promise.reject(away));
    const limiter = createSharedRateLimiter({ countRequests });
    const allowed = async () => (await limiter.take('x', two)).allowed;
    expect([await allowed(), await allowed(), await allowed()]).toEqual([true, true, false]);
    expect(countRequests).toHaveBeenCalledTimes(1);
  });

  it('names buckets alike in length, with no address in them', async () => {
    const names: string[] = [];
    const countRequests = (bucket: string) => {
      names.push(bucket);
      return Promise.resolve(granted);
    };
    const limiter = createSharedRateLimiter({ countRequests });
    await limiter.take('address:10.0.0.1', two);
    await limiter.take('x'.repeat(100_000), two);
    expect(new Set(names.map((name) => name.length))).toEqual(new Set([43]));
    expect(names.join()).not.toContain('10.0.0.1');
  });
});

describe('the limiter in memory', () => {
  it('holds so many buckets and no more, and forgets the quietest', async () => {
    const limiter = createMemoryRateLimiter(() => 0, 3);
    const allowed = async (bucket: string) => (await limiter.take(bucket, two)).allowed;
    await allowed('busy');
    for (const stranger of ['a', 'b', 'c', 'd', 'e']) {
      await allowed(stranger);
      await allowed(stranger);
      await allowed('busy');
    }
    expect(await allowed('busy')).toBe(false);
    expect(await allowed('a')).toBe(true);
  });
});
