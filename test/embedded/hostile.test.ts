/** Floods and churn: the server refuses or closes, never dies, and keeps nothing. */
import { readdirSync } from 'node:fs';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { openSignal } from '../conformance/support/raw-socket.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { joinToken } from '../conformance/support/tokens.js';

let server: EmbeddedProcess;
let api: RoomServiceClient;

beforeAll(async () => {
  server = await startEmbedded();
  api = new RoomServiceClient(server.httpUrl, API_KEY, API_SECRET);
});

afterAll(() => server.stop());

test('an oversized frame and a flood close the socket', async () => {
  for (const attack of [
    (socket: WebSocket) => socket.send(Buffer.alloc(2_000_000)),
    (socket: WebSocket) => {
      for (let i = 0; i < 2000; i += 1) socket.send('x');
    },
  ]) {
    const socket = await openSignal(server, 'flood', 'noisy');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    attack(socket);
    await closed;
  }
  await expectAlive();
});

test('a request that is too large is refused before it is read to its end', async () => {
  const token = await joinToken('x', 'admin', { grant: { roomList: true } });
  const response = await fetch(`${server.httpUrl}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ names: ['x'.repeat(3_000_000)] }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ code: 'malformed', msg: 'the request is too large' });
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
    const rude = await openSignal(server, 'churn', `rude-${round}`);
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
