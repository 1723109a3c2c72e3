/** Requests that no client of ours would send: each gets the envelope and nothing breaks. */
import { describe, expect, it } from 'vitest';
import { SECRET_KEY } from '../fakes/fake-verbs.js';
import { testApp } from '../support/test-app.js';

const auth = { authorization: `Bearer ${SECRET_KEY}` };
const json = { ...auth, 'content-type': 'application/json' };

describe('hostile requests', () => {
  const table: [string, string, RequestInit, number, string][] = [
    [
      'broken JSON',
      '/v1/agents',
      { method: 'POST', headers: json, body: '{"a":' },
      400,
      'invalid_json',
    ],
    [
      'no JSON at all',
      '/v1/agents',
      { method: 'POST', headers: json, body: '' },
      400,
      'invalid_json',
    ],
    [
      'bytes that are not UTF-8',
      '/v1/agents',
      { method: 'POST', headers: json, body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) },
      400,
      'invalid_json',
    ],
    [
      'a form',
      '/v1/agents',
      { method: 'POST', headers: auth, body: new URLSearchParams({ title: 'x' }) },
      415,
      'unsupported_media_type',
    ],
    [
      'text where JSON belongs',
      '/v1/api-keys',
      { method: 'POST', headers: { ...auth, 'content-type': 'text/plain' }, body: '{}' },
      415,
      'unsupported_media_type',
    ],
    [
      'a body over 64 KiB',
      '/v1/api-keys',
      { method: 'POST', headers: json, body: JSON.stringify({ name: 'x'.repeat(70_000) }) },
      413,
      'body_too_large',
    ],
    [
      'a version over 256 KiB',
      '/v1/agents',
      { method: 'POST', headers: json, body: JSON.stringify({ title: 'x'.repeat(300_000) }) },
      413,
      'body_too_large',
    ],
    ['an unknown address', '/v1/nothing', { headers: auth }, 404, 'not_found'],
    ['a path out of the folder', '/console/..%2f..%2fpackage.json', {}, 404, 'not_found'],
    ['a wrong method', '/v1/calls', { method: 'DELETE', headers: auth }, 405, 'method_not_allowed'],
    ['an unknown filter', '/v1/calls?foo=1', { headers: auth }, 400, 'validation_failed'],
    ['a filter twice', '/v1/calls?limit=1&limit=2', { headers: auth }, 400, 'validation_failed'],
    ['a limit of 0', '/v1/calls?limit=0', { headers: auth }, 400, 'validation_failed'],
    ['a limit of 201', '/v1/calls?limit=201', { headers: auth }, 400, 'validation_failed'],
    [
      'a limit that is no number',
      '/v1/calls?limit=ten',
      { headers: auth },
      400,
      'validation_failed',
    ],
    [
      'a body that says to be compressed',
      '/v1/api-keys',
      { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' },
      415,
      'unsupported_media_type',
    ],
    [
      'a date that is none',
      '/v1/calls?start_date=soon',
      { headers: auth },
      400,
      'validation_failed',
    ],
    [
      'a version that is no number',
      '/v1/agents/agent_1/versions/x',
      { headers: auth },
      404,
      'not_found',
    ],
  ];
  it.each(table)('%s', async (_name, path, init, status, code) => {
    const { request } = testApp();
    const answer = await request(path, init);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ statusCode: status, code });
    expect(Object.keys(body).sort()).toEqual(['code', 'error', 'message', 'statusCode']);
    if (status === 405) expect(answer.headers.get('allow')).toContain('GET');
  });

  it.each(['0x10', '1e2', '+5', '5.0', '1_0', 'abc', '0', '201', '-1'])(
    'reads a limit as decimal digits, and says so: %s',
    async (limit) => {
      const path = `/v1/calls?limit=${encodeURIComponent(limit)}`;
      const answer = await testApp().request(path, { headers: auth });
      expect(answer.status).toBe(400);
      const { message } = (await answer.json()) as { message: string };
      expect(message).toBe('limit: must be a whole number from 1 to 200.');
    },
  );

  it('names HEAD where a GET would do', async () => {
    for (const path of ['/v1/calls', '/widget.js']) {
      const answer = await testApp().request(path, { method: 'DELETE', headers: auth });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')?.split(', ')).toContain('HEAD');
    }
  });

  it('tells whoever asks with a key for what a page asks where to ask', async () => {
    const answer = await testApp().request('/v1/web-calls/call_1', { headers: auth });
    expect(answer.status).toBe(401);
    const { code, message } = (await answer.json()) as Record<string, unknown>;
    expect(code).toBe('token_invalid');
    expect(message).toContain('/v1/calls/{call_id}');
  });

  it('stops reading a body that has no declared length', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(16_384));
      },
    });
    const init = { method: 'POST', headers: json, body: endless, duplex: 'half' } as RequestInit;
    const answer = await testApp().request('/v1/api-keys', init);
    expect(answer.status).toBe(413);
    expect(sent).toBeLessThan(10);
  });

  it('takes a body that breaks off for the client’s fault, not its own', async () => {
    const broken = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('aborted')),
    });
    const init = { method: 'POST', headers: json, body: broken, duplex: 'half' } as RequestInit;
    const { request, log } = testApp();
    const answer = await request('/v1/api-keys', init);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'bad_request' });
    expect(log.join('')).not.toContain('request failed');
  });

  it('keeps keys, tokens and signatures out of the log', async () => {
    const { request, log } = testApp({
      listCalls: () =>
        Promise.reject(new Error(`the key ${SECRET_KEY} broke eyJhbGc.eyJzdWI.c2ln`)),
    });
    await request('/v1/calls', { headers: auth });
    await request('/v1/recordings/call_1?expires=1&signature=verysecret');
    await request(`/v1/calls?cursor=${SECRET_KEY}`, { headers: auth });
    await request(`/v1/${SECRET_KEY}`);
    const all = log.join('');
    expect(log.length).toBeGreaterThan(3);
    expect(all).not.toContain(SECRET_KEY);
    expect(all).not.toContain('eyJhbGc.eyJzdWI');
    expect(all).not.toContain('verysecret');
  });
});
