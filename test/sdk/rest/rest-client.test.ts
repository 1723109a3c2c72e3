/** The page's two requests, against answers good and bad. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RestClient } from '../../../sdk/rest/rest-client.js';

const grant = { call_id: 'c', server_url: 'wss://x', access_token: 'a', call_token: 't' };
const ticket = { callId: 'call/1', callToken: 't' };

/** The body of an error of ours. */
const envelope = (code: string) => (statusCode: number) => ({ statusCode, code });

function clientAnswering(answer: () => Response | Promise<Response>): RestClient {
  return new RestClient('https://calls.example', 'dnx_pk_1', async () => answer());
}

describe('createCall()', () => {
  it('returns the grant', async () => {
    const client = clientAnswering(() => Response.json(grant, { status: 201 }));
    expect(await client.createCall({ agent_id: 'agent_1' })).toMatchObject(grant);
  });

  it.each([
    ['a word of the wire', 422, envelope('version_not_published'), 'version_not_published'],
    ['a word it does not know', 403, envelope('something_new'), 'forbidden'],
    ['no words at all', 429, null, 'rate_limited'],
    ['a proxy in the way', 502, '<html>', 'internal_error'],
    ['a name of every object', 409, envelope('toString'), 'conflict'],
    ['a page of somebody else', 404, '<html>', 'unexpected_answer'],
    ['a framework of somebody else', 404, { message: 'Cannot POST' }, 'unexpected_answer'],
    ['a wall before the server', 403, 'Forbidden', 'unexpected_answer'],
    ['an address of ours that takes no POST', 405, envelope('x'), 'wrong_server_path'],
  ])('refused with %s', async (_, status, body, code) => {
    const full = typeof body === 'function' ? body(status) : body;
    const client = clientAnswering(() => new Response(JSON.stringify(full), { status }));
    await expect(client.createCall({})).rejects.toMatchObject({ code });
  });

  it('joins the messages of several fields', async () => {
    const body = {
      ...envelope('validation_failed')(400),
      message: ['agent_id: unknown', 'locale: too long'],
    };
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

/** An agent that is not there and an address that is not there are both 404. */
describe('not_found', () => {
  it.each([
    ['the agent, where the address is right', 405, 'method_not_allowed', 'not_found'],
    ['the address, where it is not', 404, 'not_found', 'wrong_server_path'],
  ])('is about %s', async (_, status, said, code) => {
    const client = new RestClient('https://calls.example', 'dnx_pk_1', async (_url, init) =>
      init?.method === 'POST'
        ? Response.json(envelope('not_found')(404), { status: 404 })
        : Response.json(envelope(said)(status), { status }),
    );
    await expect(client.createCall({})).rejects.toMatchObject({ code });
  });
});

describe('an agent that the server names as missing', () => {
  it('is not_found without a second question, whose refusal a browser would write into its console', async () => {
    const asked: unknown[] = [];
    const client = new RestClient('https://calls.example', 'dnx_pk_1', async (_url, init) => {
      asked.push(init?.method ?? 'GET');
      const body = { ...envelope('not_found')(404), message: 'There is no such agent.' };
      return Response.json(body, { status: 404 });
    });
    await expect(client.createCall({})).rejects.toMatchObject({ code: 'not_found' });
    expect(asked).toEqual(['POST']);
  });
});

describe('a request without an answer', () => {
  const blocked = new TypeError('Failed to fetch');
  type Answers = Record<string, Response | undefined>;

  /** A page, and what plain requests are answered, by mode and address; `undefined` is no answer. */
  function clientOn(origin: string | null, answers: Answers, fault: Error = blocked, path = '') {
    const protocol = origin?.replace(/\/.*/, '');
    vi.stubGlobal('location', origin === null ? undefined : { origin, protocol });
    return new RestClient(`https://calls.example${path}`, 'dnx_pk_1', async (input, init) => {
      if (init?.method === 'POST') throw fault;
      const answer = answers[`${init?.mode} ${new URL(String(input)).pathname}`];
      if (!answer) throw blocked;
      return answer;
    });
  }
  const ours = (status: number, code: string) => Response.json(envelope(code)(status), { status });
  const redirected = (answer: Response) =>
    Object.defineProperty(answer, 'redirected', { value: true });
  const shop = 'https://shop.example';
  const asked = '/v1/web-calls';

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('names the origin that the key must allow, when the server says so', async () => {
    const client = clientOn(shop, { [`cors ${asked}`]: ours(403, 'origin_not_allowed') });
    await expect(client.createCall({})).rejects.toMatchObject({
      code: 'origin_not_allowed',
      fault: 'config',
      retryable: false,
      remedy: 'Add https://shop.example to the allowed origins of the publishable key.',
    });
  });

  it.each<[string, Answers, string, RegExp]>([
    ['nothing at all', {}, 'network_unreachable', /does not say why/],
    [
      'a server of ours that would have answered',
      { [`cors ${asked}`]: ours(405, 'method_not_allowed') },
      'network_unreachable',
      /did not get through/,
    ],
    [
      'a server of ours whose database is away',
      { [`cors ${asked}`]: ours(503, 'database_unavailable') },
      'database_unavailable',
      /./,
    ],
    [
      'a server of ours elsewhere',
      { [`cors /calls${asked}`]: ours(404, 'not_found') },
      'wrong_server_path',
      /no call server below https:\/\/calls\.example\/calls/,
    ],
    [
      'a server of ours at the root, and something mute below',
      { [`no-cors /calls${asked}`]: new Response(), [`cors ${asked}`]: ours(405, 'x') },
      'wrong_server_path',
      /no call server below/,
    ],
    [
      'something that shows itself and is not ours',
      { [`cors ${asked}`]: new Response('<html>') },
      'unexpected_answer',
      /answered 200, and not as a DialNexa server/,
    ],
    [
      'something that does not show itself',
      { [`no-cors ${asked}`]: new Response() },
      'server_unreadable',
      /the browser hides what/,
    ],
    [
      'a redirect',
      { [`cors ${asked}`]: redirected(ours(405, 'method_not_allowed')) },
      'server_redirects',
      /leads on to/,
    ],
  ])('where there is %s', async (_, answers, code, message) => {
    const path = Object.keys(answers)[0]?.includes('/calls/v1') ? '/calls' : '';
    const error = clientOn(shop, answers, blocked, path).createCall({});
    await expect(error).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it.each<[string, string | null, Error, string]>([
    ['outside a page', null, blocked, 'network_unreachable'],
    ['in time', shop, new DOMException('too late', 'TimeoutError'), 'network_unreachable'],
  ])('%s is a lost network', async (_, origin, fault, code) => {
    const client = clientOn(origin, { [`no-cors ${asked}`]: new Response() }, fault);
    await expect(client.createCall({})).rejects.toMatchObject({ code });
  });

  it('is the fault of a device that says that it is offline', async () => {
    const client = clientOn(shop, {});
    vi.stubGlobal('navigator', { onLine: false });
    await expect(client.createCall({})).rejects.toMatchObject({
      code: 'offline',
      fault: 'network',
    });
  });

  it.each([
    ['http://calls.example', 'insecure_server'],
    ['http://127.0.0.1:8787', 'network_unreachable'],
  ])('of a page on https to %s is %s', async (serverUrl, code) => {
    vi.stubGlobal('location', { origin: shop, protocol: 'https:' });
    const client = new RestClient(serverUrl, 'dnx_pk_1', () => Promise.reject(blocked));
    await expect(client.createCall({})).rejects.toMatchObject({ code, cause: blocked });
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
      body: '{"call_token":"t","reason":"user_disconnected"}',
    });
    const sent = new Request(url ?? '', init);
    expect([...sent.headers]).toEqual([['content-type', 'text/plain;charset=UTF-8']]);
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

describe('readCall()', () => {
  it('asks with the token in a header, and with nothing in the address', async () => {
    const seen: [string, RequestInit | undefined][] = [];
    const open = { call_id: 'c', status: 'received', end_reason: null, ended_at: null };
    const client = new RestClient('https://calls.example', 'dnx_pk_1', async (input, init) => {
      seen.push([String(input), init]);
      return Response.json(open);
    });
    expect(await client.readCall(ticket, 1000)).toEqual(open);
    expect(seen).toMatchObject([
      ['https://calls.example/v1/web-calls/call%2F1', { headers: { authorization: 'Bearer t' } }],
    ]);
    expect(seen[0]?.[1]?.method ?? 'GET').toBe('GET');
  });

  it.each([
    ['a refusal', () => Response.json({}, { status: 401 })],
    ['no network', () => Promise.reject(new TypeError('offline'))],
  ])('answers null to %s', async (_, answer) => {
    expect(await clientAnswering(answer).readCall(ticket, 1000)).toBeNull();
  });
});
