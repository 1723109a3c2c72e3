/** `POST /v1/web-calls`, `…/terminate` and `GET /v1/web-calls/{call_id}`: who may, from where, with which bodies. */
import { describe, expect, it, vi } from 'vitest';
import { GRANT } from '../fakes/answers.js';
import { PUBLISHABLE_KEY, SECRET_KEY, SHOP, refusal } from '../fakes/fake-verbs.js';
import { jsonPost, testApp } from '../support/test-app.js';

const FROM_SHOP = { authorization: `Bearer ${PUBLISHABLE_KEY}`, origin: SHOP };
const FROM_BACKEND = { authorization: `Bearer ${SECRET_KEY}` };

describe('POST /v1/web-calls', () => {
  it('answers the grant and tells the verb where the call came from', async () => {
    const createWebCall = vi.fn(() => Promise.resolve(GRANT));
    const { request } = testApp({ createWebCall });
    const body = { agent_id: 'agent_1', variables: { name: 'Ada', age: 36, vip: true } };
    const answer = await request('/v1/web-calls', jsonPost(body, FROM_SHOP));
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual(GRANT);
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(answer.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
    expect(createWebCall).toHaveBeenCalledWith(
      expect.objectContaining({ origin: SHOP, entryPoint: 'web_calls' }),
      body,
    );
  });

  const refused: [string, Record<string, string>, number, string][] = [
    ['no key', { origin: SHOP }, 401, 'unauthorized'],
    ['an unknown key', { authorization: 'Bearer dnx_pk_x', origin: SHOP }, 401, 'unauthorized'],
    ['a key without Bearer', { authorization: PUBLISHABLE_KEY }, 401, 'unauthorized'],
    [
      'a foreign origin',
      { ...FROM_SHOP, origin: 'https://evil.example' },
      403,
      'origin_not_allowed',
    ],
    [
      'a longer origin',
      { ...FROM_SHOP, origin: `${SHOP}.evil.example` },
      403,
      'origin_not_allowed',
    ],
    ['the null origin', { ...FROM_SHOP, origin: 'null' }, 403, 'origin_not_allowed'],
    ['no origin', { authorization: FROM_SHOP.authorization }, 403, 'origin_not_allowed'],
    ['a secret key from a page', { ...FROM_BACKEND, origin: SHOP }, 403, 'secret_key_in_browser'],
    [
      'a secret key from a script',
      { ...FROM_BACKEND, 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'cross-site' },
      403,
      'secret_key_in_browser',
    ],
  ];
  it.each(refused)('refuses %s', async (_name, headers, status, code) => {
    const { request } = testApp();
    const answer = await request('/v1/web-calls', jsonPost({ agent_id: 'agent_1' }, headers));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ statusCode: status, code });
  });

  it("lets the console on the server's own origin use a secret key", async () => {
    const { request } = testApp({
      listCalls: () => Promise.resolve({ data: [], next_cursor: null }),
    });
    const headers = { ...FROM_BACKEND, origin: 'http://127.0.0.1:18000' };
    expect((await request('/v1/calls', { headers })).status).toBe(200);
  });

  it('takes a secret key from a backend, Node included', async () => {
    const { request } = testApp({ createWebCall: () => Promise.resolve(GRANT) });
    const headers = { ...FROM_BACKEND, 'sec-fetch-mode': 'cors' };
    const answer = await request('/v1/web-calls', jsonPost({ agent_id: 'agent_1' }, headers));
    expect(answer.status).toBe(201);
  });

  it('keeps what it can of what a page says of itself', async () => {
    const createWebCall = vi.fn((..._: unknown[]) => Promise.resolve(GRANT));
    const { request } = testApp({ createWebCall });
    const page_url = `https://shop.example/${'x'.repeat(1978)}🙂${'y'.repeat(500)}`;
    const body = { agent_id: 'agent_1', page_url, locale: 'x'.repeat(50) };
    expect((await request('/v1/web-calls', jsonPost(body, FROM_SHOP))).status).toBe(201);
    expect(createWebCall.mock.calls[0]?.[1]).toEqual({
      agent_id: 'agent_1',
      page_url: page_url.slice(0, 1999),
      locale: 'x'.repeat(35),
    });
  });

  const faults: [string, unknown, RegExp][] = [
    ['nothing that names an agent', {}, /agent_version_id, or agent_id/],
    ['an unknown field', { agent_id: 'a', agentId: 'a' }, /agentId is not a known field/],
    ['an array', [], /body/],
    ['null', null, /body/],
    ['a wrong type', { agent_id: 5 }, /agent_id/],
    ['a version of 0', { agent_id: 'a', agent_version_number: 0 }, /agent_version_number/],
    ['a version of 1.5', { agent_id: 'a', agent_version_number: 1.5 }, /agent_version_number/],
    ['an object as a value', { agent_id: 'a', variables: { x: {} } }, /variables\.x/],
    ['a value too long', { agent_id: 'a', variables: { x: 'y'.repeat(2_001) } }, /variables\.x/],
    [
      'too many values',
      { agent_id: 'a', variables: Object.fromEntries([...Array(51).keys()].map((n) => [n, 'v'])) },
      /50 keys/,
    ],
    ['a key too long', { agent_id: 'a', variables: { ['k'.repeat(65)]: 'v' } }, /variables/],
    ['metadata too big', { agent_id: 'a', metadata: { x: 'y'.repeat(17_000) } }, /16 KiB/],
    ['consent without a time', { agent_id: 'a', consent: { text: 'ok' } }, /consent\.accepted_at/],
    ['U+0000', { agent_id: 'a', page_url: 'a\u0000b' }, /page_url must not contain U\+0000/],
  ];
  it.each(faults)('names the fault: %s', async (_name, body, message) => {
    const { request } = testApp();
    const answer = await request('/v1/web-calls', jsonPost(body, FROM_SHOP));
    expect(answer.status).toBe(400);
    const error = (await answer.json()) as { code: string; message: string | string[] };
    expect(error.code).toBe('validation_failed');
    expect([error.message].flat().join(' ')).toMatch(message);
  });

  it('tells all faults at once', async () => {
    const { request } = testApp();
    const body = { agent_id: 5, locale: 7, foo: 1 };
    const answer = await request('/v1/web-calls', jsonPost(body, FROM_SHOP));
    const { message } = (await answer.json()) as { message: string[] };
    expect(message).toHaveLength(3);
  });

  it('counts a key and a visitor, and says when to come back', async () => {
    const rates = { visitor: { limit: 2, windowSec: 60 } };
    const { request } = testApp({ createWebCall: () => Promise.resolve(GRANT) }, { rates });
    const call = () => request('/v1/web-calls', jsonPost({ agent_id: 'a' }, FROM_SHOP));
    expect((await call()).status).toBe(201);
    expect((await call()).status).toBe(201);
    const answer = await call();
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ code: 'rate_limited' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
  });

  it.each([
    ['capacity_reached', 409],
    ['version_not_published', 422],
    ['key_revoked', 401],
    ['database_unavailable', 503],
  ])('gives the refusal %s its status', async (code, status) => {
    const { request } = testApp({ createWebCall: () => Promise.reject(refusal(code)) });
    const answer = await request('/v1/web-calls', jsonPost({ agent_id: 'a' }, FROM_SHOP));
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code, message: 'No.' });
  });

  it('hides what it did not expect, and logs it', async () => {
    const cause = new Error('the password is hunter2');
    const { request, log } = testApp({ createWebCall: () => Promise.reject(cause) });
    const answer = await request('/v1/web-calls', jsonPost({ agent_id: 'a' }, FROM_SHOP));
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect(log.join('')).toContain('request failed');
  });
});

describe('POST /v1/web-calls/{call_id}/terminate', () => {
  const END = {
    call_id: 'call_1',
    status: 'completed',
    end_reason: 'terminated_by_api',
    ended_at: '2026-11-23T10:00:00.000Z',
  } as const;
  const path = '/v1/web-calls/call_1/terminate';

  it('takes a secret key with no body at all', async () => {
    const terminateByApi = vi.fn(() => Promise.resolve(END));
    const { request } = testApp({ terminateByApi });
    const answer = await request(path, { method: 'POST', headers: FROM_BACKEND });
    expect(await answer.json()).toEqual(END);
    expect(terminateByApi).toHaveBeenCalledWith(expect.anything(), 'call_1');
  });

  it('takes the token in the text/plain body of a closing page', async () => {
    const terminateByCaller = vi.fn(() => Promise.resolve(END));
    const { request } = testApp({ terminateByCaller });
    const body = JSON.stringify({ call_token: 't', reason: 'page_closed' });
    const headers = { 'content-type': 'text/plain;charset=UTF-8', origin: SHOP };
    const answer = await request(path, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    expect(terminateByCaller).toHaveBeenCalledWith('call_1', 't', 'page_closed');
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
  });

  it('refuses a publishable key, no token, and a reason that is not the caller’s', async () => {
    const { request } = testApp();
    const status = async (init: RequestInit) => (await request(path, init)).status;
    expect(await status({ method: 'POST', headers: FROM_SHOP })).toBe(403);
    expect(await status(jsonPost({}))).toBe(401);
    expect(await status(jsonPost({ call_token: 't', reason: 'terminated_by_api' }))).toBe(400);
  });
});

describe('GET /v1/web-calls/{call_id}', () => {
  const OPEN = { call_id: 'call_1', status: 'received', end_reason: null, ended_at: null } as const;
  const GONE = 'https://gone.example';
  const path = '/v1/web-calls/call_1';
  const getWebCall = vi.fn((_id: string, token: string) =>
    token === 't' ? Promise.resolve(OPEN) : Promise.reject(refusal('token_invalid')),
  );
  const { request } = testApp({ getWebCall, originOfCall: () => Promise.resolve(GONE) });
  const ask = (headers: Record<string, string>, at = path) => request(at, { headers });

  it('takes the token as Bearer, and nothing else for it', async () => {
    const answer = await ask({ authorization: 'Bearer t' });
    expect([answer.status, await answer.json()]).toEqual([200, OPEN]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    for (const [headers, code] of [
      [{}, 'unauthorized'],
      [{ authorization: 't' }, 'unauthorized'],
      [{ authorization: 'Bearer x' }, 'token_invalid'],
      [FROM_BACKEND, 'token_invalid'],
    ] as const) {
      const refused = await ask(headers);
      expect([refused.status, await refused.json()]).toMatchObject([401, { code }]);
    }
    expect((await ask({}, `${path}?call_token=t`)).status).toBe(401);
    const twice = await ask({ authorization: 'Bearer t' }, `${path}?call_token=t`);
    expect([twice.status, await twice.json()]).toMatchObject([400, { code: 'validation_failed' }]);
  });

  it('is read by pages of the origins that may start calls, and of the call’s own', async () => {
    for (const origin of [SHOP, GONE]) {
      const asked = await request(path, { method: 'OPTIONS', headers: { origin } });
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-methods')).toContain('GET');
      expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
      const answer = await ask({ authorization: 'Bearer t', origin });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(await answer.json()).toEqual(OPEN);
    }
    const evil = { origin: 'https://evil.example' };
    const asked = await request(path, { method: 'OPTIONS', headers: evil });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    getWebCall.mockClear();
    const answer = await ask({ authorization: 'Bearer t', ...evil });
    expect(await answer.json()).toMatchObject({ code: 'origin_not_allowed' });
    expect(getWebCall).not.toHaveBeenCalled();
    const plain = await ask({ authorization: 'Bearer t' });
    expect(plain.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('preflight', () => {
  it('answers known origins exactly and no others', async () => {
    const { request } = testApp();
    const preflight = (origin: string, path = '/v1/web-calls') =>
      request(path, { method: 'OPTIONS', headers: { origin } });
    const known = await preflight(SHOP);
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(known.headers.get('vary')).toContain('Origin');
    expect(known.headers.get('access-control-allow-headers')).toContain('authorization');
    for (const origin of ['https://evil.example', `${SHOP}:8443`, 'http://shop.example', 'null']) {
      const answer = await preflight(origin);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.status).toBe(403);
    }
    expect(
      (await preflight(SHOP, '/v1/calls')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  it('tells every page by a plain GET why it would be refused', async () => {
    let stored: () => Promise<string[]> = () => Promise.resolve([SHOP]);
    const why = async (origin?: string) => {
      const { request } = testApp({ knownOrigins: () => stored() });
      const answer = await request('/v1/web-calls', { headers: origin ? { origin } : {} });
      const allowed = answer.headers.get('access-control-allow-origin');
      return { allowed, ...((await answer.json()) as object) };
    };
    const evil = 'https://evil.example';
    expect(await why(evil)).toMatchObject({ allowed: '*', code: 'origin_not_allowed' });
    expect(await why(SHOP)).toMatchObject({ allowed: SHOP, code: 'method_not_allowed' });
    expect(await why()).toMatchObject({ allowed: '*', code: 'method_not_allowed' });
    stored = () => Promise.reject(Object.assign(new Error('gone'), { name: 'StoreError' }));
    expect(await why(SHOP)).toMatchObject({ allowed: '*', code: 'database_unavailable' });
  });

  it('lets every page read that there is nothing at an address', async () => {
    const answer = await testApp().request('/calls/v1/web-calls', { headers: { origin: SHOP } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(await answer.json()).toMatchObject({ statusCode: 404, code: 'not_found' });
  });

  it('answers the origin that a call came from', async () => {
    const { request } = testApp({ originOfCall: () => Promise.resolve('https://gone.example') });
    const answer = await request('/v1/web-calls/call_1/terminate', {
      method: 'OPTIONS',
      headers: { origin: 'https://gone.example' },
    });
    expect(answer.status).toBe(204);
  });
});
