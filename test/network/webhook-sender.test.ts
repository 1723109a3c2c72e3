/** What webhooks may reach, how long they wait, and how much of an answer is read. */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createWebhookSender } from '../../server/network/webhook-sender.js';
import { Wires, resolverOf } from '../fakes/wires.js';
import { listenOnLoopback } from '../support/listen-on-loopback.js';
import type { WebhookSenderOptions } from '../../server/network/webhook-sender.js';

const servers: Server[] = [];
let heard: string[] = [];

afterEach(async () => {
  heard = [];
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function endpoint(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    request.resume().on('end', () => answer(response));
  });
  servers.push(server);
  return `${await listenOnLoopback(server)}/hooks`;
}

const send = (url: string, options: Partial<WebhookSenderOptions> = {}, signal?: AbortSignal) =>
  createWebhookSender({ allowsPrivate: false, ...options }).send(
    { url, headers: { 'content-type': 'application/json' }, body: '{}' },
    signal,
  );
const allowed = { allowsPrivate: true };

describe('an address', () => {
  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '169.254.169.254'])(
    'such as %s is not called unless it may be',
    async (host) => {
      const url = (await endpoint((response) => response.end())).replace('127.0.0.1', host);
      expect(await send(url, { timeoutMs: 1_000 })).toMatchObject({
        status: null,
        error: 'The address is private: it lies in no network that may be called.',
      });
      expect(heard).toEqual([]);
    },
  );

  it('is called when it may be', async () => {
    const url = await endpoint((response) => response.writeHead(202).end('thanks'));
    expect(await send(url, allowed)).toMatchObject({ status: 202, body: 'thanks', error: null });
    expect(heard).toEqual(['POST /hooks']);
  });
});

describe('a name', () => {
  const ask = async (...answers: string[][]) => {
    const url = await endpoint((response) => response.end('ok'));
    const { port } = servers[0]?.address() as AddressInfo;
    const agent = new Wires(port);
    const resolve = resolverOf(...answers);
    const to = url.replace(/127\.0\.0\.1:\d+/, 'hooks.example');
    const { status, error } = await send(to, { resolve, agent });
    return { status, error, to: agent.to, asked: resolve.asked() };
  };

  it('is resolved once, and what was checked is what is connected to', async () => {
    expect(await ask(['1.1.1.1', '2606:4700::1111'], ['127.0.0.1'])).toEqual({
      status: 200,
      error: null,
      to: ['1.1.1.1', '2606:4700::1111'],
      asked: 1,
    });
  });

  it.each([[['10.0.0.1']], [['1.1.1.1', '127.0.0.1']], [['fe80::1']], [['::1']], [[]]])(
    'that resolves to %j is not connected to',
    async (addresses) => {
      const { status, error, to } = await ask(addresses);
      expect({ status, to }).toEqual({ status: null, to: [] });
      expect(error).toContain('private');
      expect(heard).toEqual([]);
    },
  );
});

describe('an endpoint', () => {
  it('that answers nothing is given up in time, and so is one that a stop cuts off', async () => {
    const url = await endpoint(() => undefined);
    const late = await send(url, { ...allowed, timeoutMs: 50 });
    expect(late).toMatchObject({ status: null, error: 'No answer came in time.' });
    expect(late.durationMs).toBeLessThan(1_000);
    const stop = new AbortController();
    const cut = send(url, allowed, stop.signal);
    stop.abort();
    expect(await cut).toMatchObject({ status: null });
  });

  it('that begins to answer counts by its status, and is not waited for after that time', async () => {
    const url = await endpoint((response) => void response.write('half'));
    const answer = await send(url, { ...allowed, timeoutMs: 100 });
    expect(answer).toMatchObject({ status: 200, body: 'half', error: null });
  });

  it('that redirects is not followed', async () => {
    const url = await endpoint((response) => response.writeHead(307, { location: '/next' }).end());
    expect(await send(url, allowed)).toMatchObject({ status: 307 });
    expect(heard).toEqual(['POST /hooks']);
  });

  it('that refuses, hangs up or speaks something else is told of in a sentence', async () => {
    const url = await endpoint((response) => response.destroy());
    expect((await send(url, allowed)).error).toBe('The connection was broken off.');
    const secure = url.replace('http:', 'https:');
    expect((await send(secure, allowed)).error).toMatch(/^The request failed \(\w+\)\.$/);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect((await send(url, allowed)).error).toBe('The connection was refused.');
  });
});
