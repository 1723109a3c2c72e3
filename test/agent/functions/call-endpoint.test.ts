/** Custom functions: what is sent, what is refused, and how long and how large an answer may be. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { CustomFunction } from '../../../sdk/wire/agent.js';
import { callEndpoint } from '../../../server/agent/functions/call-endpoint.js';
import { isPrivateAddress } from '../../../server/agent/functions/private-addresses.js';

const servers: Server[] = [];
let seen: { request: IncomingMessage; body: string }[] = [];

afterEach(async () => {
  seen = [];
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function endpoint(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      seen.push({ request, body });
      answer(response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/lookup`;
}

function config(
  url: string,
  more: Partial<CustomFunction['config']> = {},
): CustomFunction['config'] {
  return { url, method: 'POST', parameters: {}, ...more };
}

describe('a custom function', () => {
  it('sends its arguments as JSON with its headers, and answers the text', async () => {
    const url = await endpoint((response) => response.end('{"ready":true}'));
    const given = config(url, { headers: { 'x-shop': 'mill lane' } });
    expect(await callEndpoint(given, { ticket: 42 }, true)).toBe('{"ready":true}');
    expect(seen[0]?.request.headers).toMatchObject({
      'content-type': 'application/json',
      'x-shop': 'mill lane',
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ ticket: 42 });
  });

  it('puts the arguments of a GET into the address', async () => {
    const url = await endpoint((response) => response.end('ok'));
    await callEndpoint(config(`${url}?shop=1`, { method: 'GET' }), { day: 'fri & sat' }, true);
    expect(seen[0]?.request.url).toBe('/lookup?shop=1&day=fri+%26+sat');
    expect(seen[0]?.body).toBe('');
  });

  it('fails on an error, on a redirect, on a late and on an endless answer', async () => {
    const broken = await endpoint((response) => response.writeHead(500).end());
    await expect(callEndpoint(config(broken), {}, true)).rejects.toThrow(/500/);
    const moved = await endpoint((response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    await expect(callEndpoint(config(moved), {}, true)).rejects.toThrow(/302/);
    const late = await endpoint(() => undefined);
    await expect(callEndpoint(config(late, { timeout_ms: 100 }), {}, true)).rejects.toThrow();
    const endless = await endpoint((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    await expect(callEndpoint(config(endless), {}, true)).rejects.toThrow(/too large/);
  });

  it('does not reach this machine or a private network unless it may', async () => {
    const url = await endpoint((response) => response.end('secret'));
    const named = url.replace('127.0.0.1', 'localhost');
    const hidden = url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
    for (const address of [url, named, hidden, url.replace('127.0.0.1', '2130706433')]) {
      await expect(callEndpoint(config(address), {}, false), address).rejects.toThrow(/private/);
    }
    expect(seen).toEqual([]);
  });
});

describe('private addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '::7f00:1',
    '64:ff9b::a00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '::ffff:169.254.169.254',
  ])('%s is one', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['1.1.1.1', '172.32.0.1', '8.8.8.8', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    '%s is none',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
