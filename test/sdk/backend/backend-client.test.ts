/** What a backend asks of the server, and what it is told. */
import { describe, expect, it } from 'vitest';
import { BackendClient, BackendError } from '../../../sdk/backend/index.js';
import type { BackendClientOptions } from '../../../sdk/backend/backend-client.js';

interface Asked {
  url: string;
  init: RequestInit | undefined;
}

function backend(answer: () => Response): { client: BackendClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const client = new BackendClient({
    serverUrl: 'https://calls.example/',
    secretKey: 'dnx_sk_1',
    fetch: async (input, init) => {
      asked.push({ url: String(input), init });
      return answer();
    },
  });
  return { client, asked };
}

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

  it('creates a call once for one idempotency key', async () => {
    const { client, asked } = backend(() => Response.json({ call_id: 'call_1' }, { status: 201 }));
    const call = await client.createWebCall({ agent_id: 'agent_1' }, { idempotencyKey: 'order-7' });
    expect(call.call_id).toBe('call_1');
    expect(asked[0]).toMatchObject({
      url: 'https://calls.example/v1/web-calls',
      init: {
        method: 'POST',
        body: '{"agent_id":"agent_1"}',
        headers: { authorization: 'Bearer dnx_sk_1', 'idempotency-key': 'order-7' },
      },
    });
  });

  it('ends a call without a body', async () => {
    const answer = { call_id: 'call_1', status: 'completed', end_reason: 'terminated_by_api' };
    const { client, asked } = backend(() => Response.json(answer));
    expect(await client.terminateCall('call_1')).toEqual(answer);
    expect(asked[0]?.url).toBe('https://calls.example/v1/web-calls/call_1/terminate');
    expect(asked[0]?.init?.body).toBeUndefined();
  });

  it('lists with filters, and reads every page', async () => {
    const pages = [
      { data: [{ id: 'call_3' }, { id: 'call_2' }], next_cursor: 'older' },
      { data: [{ id: 'call_1' }], next_cursor: null },
    ];
    const { client, asked } = backend(() => Response.json(pages.shift()));
    const ids: string[] = [];
    for await (const call of client.allCalls({ status: ['completed', 'failed'], limit: 2 })) {
      ids.push(call.id);
    }
    expect(ids).toEqual(['call_3', 'call_2', 'call_1']);
    expect(asked.map(({ url }) => new URL(url).search)).toEqual([
      '?status=completed%2Cfailed&limit=2',
      '?status=completed%2Cfailed&limit=2&cursor=older',
    ]);
  });

  it('tells a refusal with status, code and words', async () => {
    const body = { code: 'rate_limited', message: ['Too many.', 'Wait.'] };
    const headers = { 'retry-after': '2' };
    const { client } = backend(() => Response.json(body, { status: 429, headers }));
    const error: unknown = await client.getCall('call_1').catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      status: 429,
      code: 'rate_limited',
      message: 'Too many.; Wait.',
      retryAfterMs: 2000,
    });
  });

  it('tells a server that is not there from one that refuses', async () => {
    const { client } = backend(() => {
      throw new TypeError('fetch failed');
    });
    await expect(client.getCall('call_1')).rejects.toMatchObject({
      status: 0,
      code: 'network_unreachable',
    });
  });
});
