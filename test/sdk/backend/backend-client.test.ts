/** What a backend asks of the server, how often, and what it is told. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendClient, RestError, openAgentJobs } from '../../../sdk/backend/index.js';
import type { BackendClientOptions } from '../../../sdk/backend/index.js';

interface Asked {
  url: string;
  method: string;
  body: unknown;
  headers: Headers;
  at: number;
}

type Answer = Response | Error | Promise<Response>;

/** A client whose requests meet these answers one after the other, the last one for ever. */
function backend(answers: (() => Answer)[], options: Partial<BackendClientOptions> = {}) {
  const asked: Asked[] = [];
  const client = new BackendClient({
    serverUrl: 'https://calls.example/',
    secretKey: 'dnx_sk_1',
    fetch: async (input, init) => {
      const { method = '', body, headers, signal } = init ?? {};
      signal?.throwIfAborted();
      asked.push({
        url: String(input),
        method,
        body,
        headers: new Headers(headers),
        at: Date.now(),
      });
      const meet = answers.length > 1 ? answers.shift() : answers[0];
      const answer = await Promise.race([meet?.(), aborted(signal)]);
      if (answer instanceof Response) return answer;
      throw answer ?? new Error('no answer is left');
    },
    ...options,
  });
  return { client, asked };
}

function aborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

const ok = (body: unknown) => () => Response.json(body);
const refused = (status: number, code: string, headers = {}, message: unknown = 'No.') =>
  function answer() {
    return Response.json({ statusCode: status, code, message }, { status, headers });
  };
const cut = () => new TypeError('fetch failed');
const never = () => new Promise<Response>(() => {});
const faultOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('BackendClient', () => {
  it('takes a secret key only', () => {
    const options = { serverUrl: 'https://calls.example', secretKey: 'dnx_pk_1' };
    expect(() => new BackendClient(options)).toThrow(/secret key/);
  });

  it.each([undefined, ''])('says what is missing when the key is %s', (secretKey) => {
    const options = { serverUrl: 'https://calls.example', secretKey } as BackendClientOptions;
    const make = () => new BackendClient(options);
    expect(make).toThrow(/none was given.*environment variable/);
  });

  it('ends a call without a body', async () => {
    const answer = { call_id: 'call_1', status: 'completed', end_reason: 'terminated_by_api' };
    const { client, asked } = backend([ok(answer)]);
    expect(await client.calls.terminate('call/1')).toEqual(answer);
    expect(asked).toMatchObject([
      { url: 'https://calls.example/v1/web-calls/call%2F1/terminate', body: undefined },
    ]);
    expect(asked[0]?.headers.get('authorization')).toBe('Bearer dnx_sk_1');
  });

  it('lists with filters, and reads every page', async () => {
    const { client, asked } = backend([
      ok({ data: [{ id: 'call_3' }, { id: 'call_2' }], next_cursor: 'older' }),
      ok({ data: [{ id: 'call_1' }], next_cursor: null }),
    ]);
    const ids: string[] = [];
    for await (const call of client.calls.all({ status: ['completed', 'failed'], limit: 2 })) {
      ids.push(call.id);
    }
    expect(ids).toEqual(['call_3', 'call_2', 'call_1']);
    expect(asked.map(({ url }) => new URL(url).search)).toEqual([
      '?status=completed%2Cfailed&limit=2',
      '?status=completed%2Cfailed&limit=2&cursor=older',
    ]);
  });

  it('asks for no page that nobody takes', async () => {
    const { client, asked } = backend([ok({ data: [{ id: 'call_2' }], next_cursor: 'older' })]);
    for await (const call of client.calls.all()) {
      expect(call.id).toBe('call_2');
      break;
    }
    expect(asked).toHaveLength(1);
  });

  it('tells a refusal with status, code and words', async () => {
    const { client } = backend([
      refused(429, 'rate_limited', { 'retry-after': '2' }, ['Too many.', 'Wait.']),
    ]);
    const error = await faultOf(client.calls.get('call_1', { retries: 0 }));
    expect(error).toBeInstanceOf(RestError);
    expect(error).toMatchObject({
      name: 'RestError',
      status: 429,
      code: 'rate_limited',
      message: 'Too many.; Wait.',
      retryAfterMs: 2000,
      retryable: true,
    });
  });

  it.each([
    ['a page of somebody else', () => new Response('<html>', { status: 404 }), 404],
    ['a page instead of JSON', () => new Response('<html>'), 200],
    ['an answer that is empty', () => new Response(''), 200],
    ['a number', ok(5), 200],
    ['a list', ok([]), 200],
    ['a redirect', () => new Response('', { status: 302, headers: { location: '/x' } }), 302],
  ])('tells %s from a server of ours', async (_, answer, status) => {
    const { client, asked } = backend([answer]);
    const error = await faultOf(client.calls.get('call_1'));
    expect(error).toMatchObject({ code: 'unexpected_answer', status, retryable: false });
    expect(asked).toHaveLength(1);
  });

  it.each(['call', 'metrics'] as const)('reads no endless %s', async (what) => {
    let chunks = 0;
    let isCancelled = false;
    const body = new ReadableStream({
      pull: (stream) => {
        chunks += 1;
        // An end, so that a client without a bound fails and does not hang.
        if (chunks > 64) stream.close();
        else stream.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
      cancel: () => void (isCancelled = true),
    });
    const { client } = backend([() => new Response(body)]);
    const error = await faultOf(
      what === 'call' ? client.calls.get('call_1') : client.health.metrics(),
    );
    expect(error).toMatchObject({
      code: 'unexpected_answer',
      message: 'The answer is longer than 32 MiB.',
    });
    expect(isCancelled).toBe(true);
    expect(chunks).toBeLessThan(40);
  });

  it.each([
    ['has no rows', [{}]],
    ['is a number', [5]],
    ['has rows that are none', [{ data: 'ab', next_cursor: null }]],
    ['does not say what follows', [{ data: [] }]],
    ['is followed by nothing named', [{ data: [], next_cursor: '' }]],
    ['leads to itself', ['a', 'a'].map((next_cursor) => ({ data: [], next_cursor }))],
    ['leads back', ['a', 'b', 'a'].map((next_cursor) => ({ data: [], next_cursor }))],
  ])('ends a list whose page %s', async (_, pages) => {
    const { client, asked } = backend([...pages.map(ok), refused(400, 'bad_request')]);
    expect(await faultOf(client.calls.all().next())).toMatchObject({
      name: 'RestError',
      code: 'unexpected_answer',
    });
    expect(asked).toHaveLength(pages.length);
  });

  it.each(['', '.', '..', '\ud800'])('sends nothing where an id is %j', async (id) => {
    const { client, asked } = backend([ok({})]);
    const jobs = openAgentJobs({ serverUrl: 'https://calls.example', callId: id });
    const requests = [
      client.calls.get(id),
      client.calls.terminate(id),
      client.agents.versions.publish(id, 1),
      client.apiKeys.revoke(id),
      jobs.claim('token'),
    ];
    for (const error of await Promise.all(requests.map(faultOf))) {
      expect(error).toMatchObject({ name: 'RestError', code: 'validation_failed', status: 0 });
    }
    expect(asked).toHaveLength(0);
  });

  it('takes a server that is not ready for an answer', async () => {
    const body = { status: 'not_ready', checks: { database: { ok: false } } };
    const { client, asked } = backend([() => Response.json(body, { status: 503 })]);
    expect(await client.health.ready()).toEqual(body);
    expect(asked[0]?.headers.get('authorization')).toBeNull();
  });

  it('sends its key to no other host than the server', async () => {
    const url = 'https://files.example/v1/recordings/call_1?signature=x';
    const { client, asked } = backend([ok({ url }), () => new Response('RIFF')]);
    const file = await client.calls.download('call_1', { range: 'bytes=0-3' });
    expect(await file.text()).toBe('RIFF');
    expect(asked[1]?.url).toBe(url);
    expect(Object.fromEntries(asked[1]?.headers ?? [])).toEqual({ range: 'bytes=0-3' });
  });

  it('says that there is no recording', async () => {
    const { client } = backend([ok({ status: 'none', url: null })]);
    await expect(client.calls.download('call_1')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('trying again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('comes through trouble that passes, later each time', async () => {
    const { client, asked } = backend([cut, refused(503, 'database_unavailable'), ok({})]);
    const call = client.calls.get('call_1');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await call).toEqual({});
    const [first = 0, second = 0, third = 0] = asked.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(150);
    expect(third - second).toBeGreaterThanOrEqual(300);
  });

  it.each([
    ['nothing answers', cut, { status: 0, code: 'network_unreachable' }],
    ['the server is in trouble', refused(500, 'internal_error'), { status: 500 }],
    ['a proxy has no server', () => new Response('<html>', { status: 502 }), { status: 502 }],
    ['the server wants to wait', refused(429, 'rate_limited'), { code: 'rate_limited' }],
  ])('gives up after three tries where %s', async (_, answer, fault) => {
    const { client, asked } = backend([answer]);
    const error = faultOf(client.calls.get('call_1'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await error).toMatchObject(fault);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['seconds', () => '3'],
    ['a date', () => new Date(Date.now() + 3_900).toUTCString()],
  ])('waits as long as the server asks, in %s', async (_, header) => {
    const { client, asked } = backend([
      refused(429, 'rate_limited', { 'retry-after': header() }),
      ok({}),
    ]);
    const call = client.calls.get('call_1');
    await vi.advanceTimersByTimeAsync(2_800);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(await call).toEqual({});
  });

  it('does not wait for minutes', async () => {
    const { client, asked } = backend([refused(429, 'rate_limited', { 'retry-after': '61' })]);
    expect(await faultOf(client.calls.get('call_1'))).toMatchObject({ retryAfterMs: 61_000 });
    expect(asked).toHaveLength(1);
  });

  it('creates once, however often it tries', async () => {
    const { client, asked } = backend([cut, cut, ok({ call_id: 'call_1' })]);
    const call = client.calls.create({ agent_id: 'agent_1' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await call).call_id).toBe('call_1');
    await client.calls.create({ agent_id: 'agent_1' });
    await client.calls.create({ agent_id: 'agent_1' }, { idempotencyKey: 'order-7' });
    const keys = asked.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys[0]).toMatch(/^[\x21-\x7e]{20,}$/);
    expect(keys).toEqual([keys[0], keys[0], keys[0], keys[3], 'order-7']);
    expect(keys[3]).not.toBe(keys[0]);
    expect(asked[0]).toMatchObject({ method: 'POST', body: '{"agent_id":"agent_1"}' });
  });

  it('does not publish twice, unless nothing was published', async () => {
    const lost = backend([cut]);
    const error = faultOf(lost.client.agents.versions.publish('agent_1', 1));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await error).toMatchObject({ code: 'network_unreachable' });
    expect(lost.asked).toHaveLength(1);
    const late = backend([refused(429, 'rate_limited'), ok({ id: 'av_1' })]);
    const version = late.client.agents.versions.publish('agent_1', 1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await version).toEqual({ id: 'av_1' });
  });

  it('gives up an answer that takes too long, and says so', async () => {
    const { client, asked } = backend([never], { timeoutMs: 5_000, retries: 1 });
    const error = faultOf(client.calls.get('call_1'));
    await vi.advanceTimersByTimeAsync(11_000);
    expect(await error).toMatchObject({
      code: 'network_unreachable',
      message: 'The server did not answer in time.',
    });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['before it is asked', 0, ok({}), 0],
    ['while it is awaited', 10, never, 1],
    ['while it waits to try again', 10, cut, 1],
  ])('is given up by its signal %s', async (_, ms, answer, requests) => {
    const { client, asked } = backend([answer]);
    const control = new AbortController();
    const reason = new Error('enough');
    if (ms === 0) control.abort(reason);
    const error = faultOf(client.calls.get('call_1', { signal: control.signal }));
    await vi.advanceTimersByTimeAsync(ms);
    control.abort(reason);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await error).toMatchObject({ code: 'aborted', cause: reason, retryable: false });
    expect(asked).toHaveLength(requests);
  });

  it('leaves it to an agent how long a report is worth it', async () => {
    const request = vi.fn(() => Promise.reject(cut()));
    const options = { serverUrl: 'https://calls.example', callId: 'call_1', fetch: request };
    const error = await faultOf(openAgentJobs(options).reportEvents('token', []));
    expect(error).toMatchObject({ code: 'network_unreachable', retryable: true });
    expect(request).toHaveBeenCalledTimes(1);
  });
});
