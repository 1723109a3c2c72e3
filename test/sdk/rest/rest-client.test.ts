/** The page's two requests, against answers good and bad. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RestClient } from '../../../sdk/rest/rest-client.js';

const grant = { call_id: 'c', server_url: 'wss://x', access_token: 'a', call_token: 't' };
const ticket = { callId: 'call/1', callToken: 't' };

function clientAnswering(answer: () => Response | Promise<Response>): RestClient {
  return new RestClient('https://calls.example', 'dnx_pk_1', async () => answer());
}

describe('createCall()', () => {
  it('returns the grant', async () => {
    const client = clientAnswering(() => Response.json(grant, { status: 201 }));
    expect(await client.createCall({ agent_id: 'agent_1' })).toMatchObject(grant);
  });

  it.each([
    ['a word of the wire', 422, { code: 'version_not_published' }, 'version_not_published'],
    ['a word it does not know', 403, { code: 'something_new' }, 'forbidden'],
    ['no words at all', 429, null, 'rate_limited'],
    ['a proxy in the way', 502, '<html>', 'internal_error'],
    ['a name of every object', 404, { code: 'toString' }, 'not_found'],
  ])('refused with %s', async (_, status, body, code) => {
    const client = clientAnswering(() => new Response(JSON.stringify(body), { status }));
    await expect(client.createCall({})).rejects.toMatchObject({ code });
  });

  it('joins the messages of several fields', async () => {
    const body = { code: 'validation_failed', message: ['agent_id: unknown', 'locale: too long'] };
    const client = clientAnswering(() => Response.json(body, { status: 400 }));
    await expect(client.createCall({})).rejects.toMatchObject({
      message: 'agent_id: unknown; locale: too long',
    });
  });

  it.each([
    ['HTML', () => new Response('<html>')],
    ['an empty object', () => Response.json({})],
    ['a grant with a hole', () => Response.json({ ...grant, call_token: undefined })],
  ])('does not take %s for a grant', async (_, answer) => {
    await expect(clientAnswering(answer).createCall({})).rejects.toMatchObject({
      code: 'unexpected_answer',
    });
  });

  it('tells a network fault from a refusal', async () => {
    const cause = new TypeError('Failed to fetch');
    const client = clientAnswering(() => Promise.reject(cause));
    await expect(client.createCall({})).rejects.toMatchObject({
      code: 'network_unreachable',
      cause,
    });
  });
});

describe('a request that the browser lets nobody read', () => {
  const blocked = new TypeError('Failed to fetch');

  /** A page, and whether the server answers at all: only `no-cors` can tell. */
  function clientOn(origin: string | null, isUp: boolean, fault: Error = blocked) {
    vi.stubGlobal('location', origin === null ? undefined : { origin });
    const asked: string[] = [];
    const client = new RestClient('https://calls.example', 'dnx_pk_1', async (input, init) => {
      asked.push(String(input));
      if (init?.mode !== 'no-cors') throw fault;
      if (!isUp) throw blocked;
      return new Response(null);
    });
    return { client, asked };
  }

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('by a server that is there names the origin that its key must allow', async () => {
    const { client, asked } = clientOn('https://shop.example', true);
    await expect(client.createCall({})).rejects.toMatchObject({
      code: 'origin_not_allowed',
      fault: 'config',
      retryable: false,
      remedy: 'Add https://shop.example to the allowed origins of the publishable key.',
    });
    expect(asked.at(-1)).toBe('https://calls.example/healthz');
  });

  it.each<[string, string | null, boolean, Error]>([
    ['by a server that is not there', 'https://shop.example', false, blocked],
    ['by the server of the page itself', 'https://calls.example', true, blocked],
    ['outside a page', null, true, blocked],
    ['in time', 'https://shop.example', true, new DOMException('too late', 'TimeoutError')],
  ])('%s is a lost network', async (_, origin, isUp, fault) => {
    const { client } = clientOn(origin, isUp, fault);
    await expect(client.createCall({})).rejects.toMatchObject({ code: 'network_unreachable' });
  });
});

describe('metadata that became unserialisable', () => {
  it("are the page's fault, not the network's", async () => {
    const client = clientAnswering(() => Response.json(grant, { status: 201 }));
    await expect(client.createCall({ metadata: { size: 1n } })).rejects.toMatchObject({
      code: 'invalid_options',
    });
  });
});

describe('terminate()', () => {
  it('sends a body that needs no preflight and outlives the page', async () => {
    const seen: [string, RequestInit | undefined][] = [];
    const client = new RestClient('https://calls.example', 'dnx_pk_1', async (input, init) => {
      seen.push([String(input), init]);
      return Response.json({ call_id: 'c', status: 'completed', end_reason: 'user_disconnected' });
    });
    const answer = await client.terminate(ticket, 'user_disconnected', 1000);
    expect(answer?.end_reason).toBe('user_disconnected');
    const [url, init] = seen[0] ?? [];
    expect(url).toBe('https://calls.example/v1/web-calls/call%2F1/terminate');
    expect(init).toMatchObject({
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: '{"call_token":"t","reason":"user_disconnected"}',
    });
  });

  it.each([
    ['a refusal', () => Response.json({}, { status: 401 })],
    ['nonsense', () => new Response('ok')],
    ['no network', () => Promise.reject(new TypeError('offline'))],
  ])('answers null to %s', async (_, answer) => {
    expect(await clientAnswering(answer).terminate(ticket, undefined, 1000)).toBeNull();
  });

  it('gives up in time', async () => {
    const client = new RestClient(
      'https://calls.example',
      'dnx_pk_1',
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    expect(await client.terminate(ticket, undefined, 20)).toBeNull();
  });
});
