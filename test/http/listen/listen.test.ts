/** The server on a socket: what never becomes a request is answered like everything else, and hung up on. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../server/http/listen/listen.js';
import { testApp } from '../../support/test-app.js';
import { waitFor } from '../../support/wait-for.js';
import type { Socket } from 'node:net';
import type { Listening } from '../../../server/http/listen/listen.js';

const TIMEOUTS = { headersMs: 300, requestMs: 600, checkEveryMs: 50 };
let listening: Listening;

beforeAll(async () => {
  const { app } = testApp();
  const fetch = (...all: Parameters<typeof app.fetch>) => app.fetch(...all);
  listening = await listen({ host: '127.0.0.1', port: 0, fetch, timeouts: TIMEOUTS });
});
afterAll(() => listening.close(0));

interface Peer {
  socket: Socket;
  heard: string;
  /** The server sends no more. */
  isEnded: boolean;
  /** The server takes no more either. */
  isClosed: boolean;
}

/** Sends what it is given and never hangs up of itself. */
function dial(text: string): Peer {
  const socket = connect({ port: listening.port, host: '127.0.0.1', allowHalfOpen: true });
  const peer: Peer = { socket, heard: '', isEnded: false, isClosed: false };
  socket.on('error', () => undefined);
  socket.on('data', (piece) => (peer.heard += piece.toString()));
  socket.on('end', () => (peer.isEnded = true));
  socket.on('close', () => (peer.isClosed = true));
  socket.write(text);
  return peer;
}

async function answerTo(text: string): Promise<[string, unknown]> {
  const { socket, ...peer } = dial(text);
  const heard = await new Promise<string>((resolve) => {
    let all = peer.heard;
    socket.on('data', (piece) => (all += piece.toString()));
    socket.on('end', () => resolve(all));
  });
  socket.destroy();
  const [head = '', body = ''] = heard.split('\r\n\r\n');
  expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
  return [head.split('\r\n')[0] ?? '', JSON.parse(body)];
}

const get = (head: string) => `GET /healthz HTTP/1.1\r\n${head}\r\n\r\n`;
const close = 'host: x\r\nconnection: close';

describe('a request that cannot be read', () => {
  it.each([
    ['headers over 16 KiB', get(`host: x\r\nx: ${'y'.repeat(17_000)}`), 431, 'headers_too_large'],
    ['an address over 16 KiB', `GET /${'y'.repeat(17_000)} HTTP/1.1\r\n`, 431, 'headers_too_large'],
    ['no HTTP', 'HELLO\r\n\r\n', 400, 'bad_request'],
    ['no host', get('connection: close'), 400, 'bad_request'],
    ['a host that is none', get('host: a/b\r\nconnection: close'), 400, 'bad_request'],
    ['an address that is none', `GET http://[ HTTP/1.1\r\n${close}\r\n\r\n`, 400, 'bad_request'],
    [
      'a broken body',
      `POST /v1/x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nz\r\n`,
      400,
      'bad_request',
    ],
  ])('%s', async (_name, text, status, code) => {
    const [line, body] = await answerTo(text);
    expect(line).toContain(` ${status} `);
    expect(body).toMatchObject({ statusCode: status, code });
    expect(Object.keys(body as object)).toEqual(['statusCode', 'error', 'message', 'code']);
  });

  it('is not made of a wish that nobody knows', async () => {
    const [line, body] = await answerTo(get(`${close}\r\nexpect: tea`));
    expect(line).toBe('HTTP/1.1 200 OK');
    expect(body).toEqual({ status: 'ok' });
  });
});

it('a connection is kept for longer than proxies keep theirs, so that it is they who close it', async () => {
  const peer = dial(get('host: x'));
  await waitFor(() => peer.heard.includes('"ok"'));
  const [, seconds] = /^keep-alive: timeout=(\d+)/im.exec(peer.heard) ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
  peer.socket.destroy();
});

describe('a client that is slow', () => {
  it('is hung up on, however many drip their headers or say nothing', async () => {
    const dripping = Array.from({ length: 300 }, () =>
      dial('GET /healthz HTTP/1.1\r\nhost: x\r\n'),
    );
    const silent = Array.from({ length: 50 }, () => dial(''));
    const drip = setInterval(() => {
      for (const { socket } of dripping) if (socket.writable) socket.write('a: b\r\n');
    }, 30);
    const areGone = () =>
      dripping.every(({ isClosed }) => isClosed) && silent.every(({ isEnded }) => isEnded);
    await waitFor(areGone).finally(() => clearInterval(drip));
    for (const { socket } of silent) socket.destroy();
    for (const { heard } of dripping) expect(heard).toContain('"code":"request_timeout"');
  });

  it('also with its body, where one is read', async () => {
    const head =
      'POST /v1/web-calls/call_1/terminate HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n';
    const peer = dial(head);
    const drip = setInterval(() => {
      if (peer.socket.writable) peer.socket.write(' ');
    }, 30);
    await waitFor(() => peer.isClosed).finally(() => clearInterval(drip));
    expect(peer.heard).toContain('HTTP/1.1 408 Request Timeout');
  });
});
