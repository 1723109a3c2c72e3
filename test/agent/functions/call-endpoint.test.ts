/** Custom functions: what is sent, what is refused, and how long and how large an answer may be. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { CustomFunction } from '../../../sdk/wire/agent.js';
import { callEndpoint } from '../../../server/agent/functions/call-endpoint.js';
import { isPrivateAddress } from '../../../server/network/private-addresses.js';
import { Wires, resolverOf } from '../../fakes/wires.js';

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
    const dripping = await endpoint((response) => void response.write('{'));
    await expect(callEndpoint(config(dripping, { timeout_ms: 100 }), {}, true)).rejects.toThrow();
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

describe('a name', () => {
  const ask = async (...answers: string[][]) => {
    const url = await endpoint((response) => response.end('ok'));
    const agent = new Wires(Number(new URL(url).port));
    const resolve = resolverOf(...answers);
    const given = config('http://desk.example/lookup', { method: 'GET' });
    const answer = await callEndpoint(given, {}, false, { resolve, agent }).catch(String);
    return { answer, to: agent.to, asked: resolve.asked() };
  };

  it('is resolved once, and what was checked is what is connected to', async () => {
    expect(await ask(['1.1.1.1', '2606:4700::1111'], ['127.0.0.1'])).toEqual({
      answer: 'ok',
      to: ['1.1.1.1', '2606:4700::1111'],
      asked: 1,
    });
  });

  it.each([[['10.0.0.1']], [['1.1.1.1', '127.0.0.1']], [['168.63.129.16']], [['::1']], [[]]])(
    'that resolves to %j is not connected to',
    async (addresses) => {
      const { answer, to } = await ask(addresses);
      expect(answer).toContain('the address is private');
      expect(to).toEqual([]);
      expect(seen).toEqual([]);
    },
  );
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
    '0:0:0:0:0:ffff:7f00:1',
    '::ffff:0:127.0.0.1',
    '::ffff:0:8.8.8.8',
    '64:ff9b::127.0.0.1',
    '64:ff9b::0.0.0.1',
    '64:ff9b:1::8.8.8.8',
    '2002:808:808::1',
    '2001::1',
    '2001:0:4136:e378::',
    '100::1',
    '100:0:0:1::1',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '5f00::1',
    '3fff::1',
    '2001:db8::1',
    '192.88.99.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '100.100.100.200',
    '192.0.0.192',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1%eth0',
    '1.1.1',
    'desk.example',
    '',
  ])('%s is one', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '8.8.8.8',
    '2606:4700:4700::1111',
    '2a00:1450::1',
    '::ffff:1.1.1.1',
    '::FFFF:808:808',
    '64:ff9b::8.8.8.8',
    '168.63.129.17',
  ])('%s is none', (address) => expect(isPrivateAddress(address)).toBe(false));
});
