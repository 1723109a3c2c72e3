/** Junk, floods and churn: the server drops or closes, never dies, and keeps nothing. */
import { readdirSync } from 'node:fs';
import { JoinRequest, SignalRequest, WrappedJoinRequest } from '@livekit/protocol';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { joinToken } from '../conformance/support/tokens.js';

let server: EmbeddedProcess;
let api: RoomServiceClient;

beforeAll(async () => {
  server = await startEmbedded();
  api = new RoomServiceClient(server.httpUrl, API_KEY, API_SECRET);
});

afterAll(() => server.stop());

test.each([
  ['text', 'hello'],
  ['an empty frame', Buffer.alloc(0)],
  ['random bytes', Buffer.from('ff00fe01c3a9deadbeef', 'hex')],
  ['JSON of another shape', '{"offer":{"sdp":5}}'],
  ['an offer of junk', request({ case: 'offer', value: { type: 'offer', sdp: 'v=0\r\njunk' } })],
  ['an offer without ICE', request({ case: 'offer', value: { type: 'offer', sdp: sdp('') } })],
  [
    'an offer with bad ICE',
    request({
      case: 'offer',
      value: {
        type: 'offer',
        sdp: sdp('a=ice-ufrag:\u0000x\r\na=ice-pwd:y\r\na=fingerprint:z\r\n'),
      },
    }),
  ],
  [
    'a candidate of junk',
    request({ case: 'trickle', value: { candidateInit: '{"candidate":7}' } }),
  ],
  ['an unknown leave', request({ case: 'leave', value: { reason: 999 } })],
])('a signalling socket survives or ends with %s', async (_name, frame) => {
  const socket = await openSignal('junk', 'noisy');
  socket.send(frame);
  socket.send(frame);
  await expectAlive();
  socket.terminate();
});

test('an oversized frame and a flood close the socket', async () => {
  for (const attack of [
    (socket: WebSocket) => socket.send(Buffer.alloc(2_000_000)),
    (socket: WebSocket) => {
      for (let i = 0; i < 2000; i += 1) socket.send('x');
    },
  ]) {
    const socket = await openSignal('flood', 'noisy');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    attack(socket);
    await closed;
  }
  await expectAlive();
});

test('junk in the join request is refused with the words of livekit-server', async () => {
  const token = await joinToken('junk', 'x');
  const ask = async (joinRequest: string): Promise<string> => {
    const url = `${server.httpUrl}/rtc/v1/validate?access_token=${token}${joinRequest}`;
    const response = await fetch(url);
    return `${response.status} ${await response.text()}`;
  };
  expect(await ask('')).toBe('400 join_request is required');
  expect(await ask('&join_request=AAAA')).toMatch(/^400 cannot unmarshal/);
  const bomb = new WrappedJoinRequest({ compression: 1, joinRequest: Buffer.from('not gzip') });
  const text = Buffer.from(bomb.toBinary()).toString('base64url');
  expect(await ask(`&join_request=${text}`)).toBe('400 cannot read decompressed join request');
});

test('junk on the worker socket and at the APIs is dropped', async () => {
  await expect(openSocket(`${server.wsUrl}/agent`)).rejects.toThrow();
  const token = await joinToken('x', 'worker', { grant: { agent: true } });
  const worker = await openSocket(`${server.wsUrl}/agent?access_token=${token}`);
  worker.send('junk');
  worker.send(Buffer.from('ffffffffff', 'hex'));
  worker.terminate();
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  for (const body of ['', '{', '[]', '{"room":7}', 'x'.repeat(3_000_000)]) {
    const url = `${server.httpUrl}/twirp/livekit.RoomService/ListParticipants`;
    const response = await fetch(url, { method: 'POST', headers, body });
    expect([400, 401]).toContain(response.status);
  }
  await expectAlive();
});

test('fifty joins and leaves, half of them rude, leave nothing behind', async () => {
  const pid = server.child.pid ?? 0;
  const warm = await NodePeer.join(server.wsUrl, 'churn', 'warm');
  await warm.leave();
  const sockets = (): number => readdirSync(`/proc/${pid}/fd`).length;
  await waitFor(async () => (await api.listParticipants('churn')).length === 0);
  const before = sockets();
  for (let round = 0; round < 25; round += 1) {
    const peer = await NodePeer.join(server.wsUrl, 'churn', `peer-${round}`);
    const rude = await openSignal('churn', `rude-${round}`);
    rude.terminate();
    await peer.leave();
  }
  await waitFor(async () => (await api.listParticipants('churn')).length === 0);
  await waitFor(() => sockets() <= before, { what: `${before} descriptors, not ${sockets()}` });
  await api.deleteRoom('churn');
  expect(await api.listRooms(['churn'])).toEqual([]);
  expect(server.output()).not.toContain('uncaught');
  expect(server.output()).not.toContain('unhandled');
}, 60_000);

async function expectAlive(): Promise<void> {
  const response = await fetch(server.httpUrl);
  expect(await response.text()).toBe('OK');
  expect(server.child.exitCode).toBeNull();
  expect(server.output()).not.toContain('uncaught');
}

async function openSignal(room: string, identity: string): Promise<WebSocket> {
  const wrapped = new WrappedJoinRequest({
    joinRequest: new JoinRequest({ clientInfo: { protocol: 17 } }).toBinary(),
  });
  const join = Buffer.from(wrapped.toBinary()).toString('base64url');
  const token = await joinToken(room, identity);
  return openSocket(`${server.wsUrl}/rtc/v1?access_token=${token}&join_request=${join}`);
}

function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('open', () => {
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Junk may lie about types, so the message is not checked. */
function request(message: unknown): Uint8Array {
  return new SignalRequest({ message } as never).toBinary();
}

function sdp(attributes: string): string {
  return `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n${attributes}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n`;
}
