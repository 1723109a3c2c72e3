/** Floods and churn: the server refuses or closes, never dies, and keeps nothing. */
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { slowestAnswer } from '../support/slowest-answer.js';
import { waitFor } from '../support/wait-for.js';
import { API_KEY, API_SECRET, startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { SignalRequest, UpdateParticipantMetadata } from '@livekit/protocol';
import {
  closed,
  joinRequest,
  OLDER,
  openSignal,
  openSocket,
} from '../conformance/support/raw-socket.js';
import { NodePeer } from '../conformance/support/node-peer.js';
import { RawStreams } from '../conformance/support/raw-stream.js';
import { RawWorker } from '../conformance/support/raw-worker.js';
import { joinToken } from '../conformance/support/tokens.js';

/** What the server, or Node for it, says of an exception that nobody caught. */
const FAULT = /uncaught|unhandled|DEP0168/i;

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

test('a caller’s token is refused before a body has come', async () => {
  const token = await joinToken('x', 'caller');
  const url = `${server.httpUrl}/twirp/livekit.RoomService/ListParticipants`;
  const type = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const headers = { ...type, 'content-length': '1000000' };
  const status = await new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode);
      sent.destroy();
    });
    sent.once('error', reject);
    sent.flushHeaders();
  });
  expect(status).toBe(401);
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
    const path = round % 2 ? OLDER : undefined;
    const rude = await openSignal(server, 'churn', `rude-${round}`, path);
    rude.terminate();
    await peer.leave();
  }
  await waitFor(async () => (await api.listParticipants('churn')).length === 0);
  await waitFor(() => sockets() <= before, { what: `${before} descriptors, not ${sockets()}` });
  await api.deleteRoom('churn');
  expect(await api.listRooms(['churn'])).toEqual([]);
  expect(server.output()).not.toMatch(FAULT);
});

test('who asks without a token is refused before a word of its request is read', async () => {
  const url = new URL('/twirp/livekit.RoomService/ListRooms', server.httpUrl);
  const headers = { 'content-type': 'application/json', 'content-length': '2000000' };
  const status = await new Promise((resolve, reject) => {
    const asking = request(url, { method: 'POST', headers }, (answer) => {
      resolve(answer.statusCode);
      asking.destroy();
    });
    asking.on('error', reject);
    asking.write('{');
  });
  expect(status).toBe(401);
});

test('a refused client that never hangs up loses its connection', async () => {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  const lost = new Promise((resolve) => socket.on('error', () => resolve('lost')));
  let answer = '';
  socket.on('data', (part) => (answer += String(part)));
  socket.write(
    'GET /rtc/v1 HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  );
  await waitFor(() => answer.includes('401'));
  const pulse = setInterval(() => socket.write('x'), 100);
  expect(await lost).toBe('lost');
  clearInterval(pulse);
});

test('a worker that does not answer any more gets no jobs', async () => {
  const { wsUrl } = server;
  const keys = { apiKey: API_KEY, apiSecret: API_SECRET };
  const dead = await RawWorker.start({ ...keys, wsUrl }, { name: 'lonely' });
  dead.socket.pause();
  await waitFor(() => server.output().includes('"worker gone"'), { timeoutMs: 15_000 });
  dead.stop();
});

test('a job whose dispatch is taken back while it is offered is not assigned', async () => {
  const keys = { apiKey: API_KEY, apiSecret: API_SECRET };
  const worker = await RawWorker.start({ ...keys, wsUrl: server.wsUrl }, { answer: 'silence' });
  const dispatches = new AgentDispatchClient(server.httpUrl, API_KEY, API_SECRET);
  const made = await dispatches.createDispatch('taken-back', 'raw');
  const job = await worker.offered('taken-back');
  await dispatches.deleteDispatch(made.id, 'taken-back');
  worker.accept(job);
  worker.answer = 'accept';
  const next = await dispatches.createDispatch('taken-back', 'raw');
  await worker.assigned('taken-back');
  expect(worker.assignments.map((one) => one.job?.dispatchId)).toEqual([next.id]);
  worker.stop();
});

test('a room that was deleted is joined with no grant, and no agent sent, until it is created again', async () => {
  const keys = { apiKey: API_KEY, apiSecret: API_SECRET };
  const worker = await RawWorker.start({ ...keys, wsUrl: server.wsUrl }, { name: 'wanted' });
  const agents = [{ agentName: 'wanted' }];
  const token = await joinToken('over', 'caller', { roomConfig: { agents } });
  const query = `access_token=${token}&${joinRequest()}`;
  const join = () => openSocket(`${server.wsUrl}/rtc/v1?${query}`);
  const socket = await join();
  await worker.assigned('over');
  await api.deleteRoom('over');
  await closed(socket);
  const refusal = '404 requested room does not exist';
  for (let n = 0; n < 12; n += 1) await expect(join()).rejects.toThrow(refusal);
  await expect(openSocket(`${server.wsUrl}${OLDER}&access_token=${token}`)).rejects.toThrow(
    refusal,
  );
  for (const path of ['/rtc/v1/validate', '/rtc/validate']) {
    expect((await fetch(`${server.httpUrl}${path}?${query}`)).status).toBe(404);
  }
  // Deleted after it had closed by itself, as a call's room may be.
  await expect(api.deleteRoom('closed')).rejects.toMatchObject({ status: 404 });
  await expect(openSignal(server, 'closed', 'caller')).rejects.toThrow(refusal);
  expect(await api.listRooms(['over', 'closed'])).toEqual([]);
  expect(worker.offers).toHaveLength(1);

  await api.createRoom({ name: 'over' });
  (await join()).terminate();
  worker.stop();
});

test('one grant joins ten times at once and no more, on the socket alone as well, and others join on', async () => {
  const joins = await Promise.allSettled(
    Array.from({ length: 30 }, (_, n) =>
      openSignal(server, 'again', 'restless', n % 2 ? OLDER : undefined),
    ),
  );
  const refused = joins.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(refused.length).toBeGreaterThanOrEqual(15);
  expect(new Set(refused)).toEqual(new Set(['Error: 503 too many joins']));
  const peer = await NodePeer.join(server.wsUrl, 'again', 'patient');
  await peer.leave();
  for (const one of joins) if (one.status === 'fulfilled') one.value.terminate();
});

test('one grant that asks to resume without end is refused, and others behind its address join on', async () => {
  const path = `${OLDER}&reconnect=1&sid=PA_former`;
  const refused: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, () => openSignal(server, 'resumes', 'restless', path)),
    );
    for (const one of tries) {
      if (one.status === 'rejected') refused.push(String(one.reason));
      else one.value.terminate();
    }
    const fresh = await openSignal(server, 'resumes', `fresh-${round}`, OLDER);
    fresh.terminate();
  }
  expect(refused.length).toBeGreaterThanOrEqual(500);
  expect(refused.length).toBeLessThanOrEqual(570);
  expect(new Set(refused)).toEqual(new Set(['Error: 503 too many joins']));
});

test('half a megabyte again and again, as requests or as data, ends its sender’s connection and nobody waits', async () => {
  const value = new UpdateParticipantMetadata({ metadata: 'x'.repeat(500_000) });
  const request = new SignalRequest({ message: { case: 'updateMetadata', value } }).toBinary();
  const loud = await openSignal(server, 'bytes', 'loud');
  const other = await NodePeer.join(server.wsUrl, 'bytes', 'other');
  const sender = await NodePeer.join(server.wsUrl, 'bytes', 'sender');
  const flood = async (): Promise<void> => {
    const gone = closed(loud);
    for (let n = 0; n < 40; n += 1) loud.send(request);
    await gone;
    const writer = await sender.local.streamBytes({ name: 'endless', topic: 'files' });
    const write = () =>
      writer.write(new Uint8Array(500_000)).then(
        () => true,
        () => false,
      );
    const over = sender.disconnected.then(() => false);
    // However slowly it goes here. What is under way when the connection ends may never be told to be written.
    while (await Promise.race([write(), over]));
    expect(await sender.disconnected).toBe(4);
  };
  const [slowest] = await slowestAnswer(server.httpUrl, flood);
  expect(slowest).toBeLessThan(300);
  expect(other.room.isConnected).toBe(true);
  await other.leave();
});

test('nobody writes into a stream that another has opened, and under another’s name with the true one', async () => {
  const [agent, caller, third] = await Promise.all([
    NodePeer.join(server.wsUrl, 'streams', 'agent', { kind: 'agent' }),
    NodePeer.join(server.wsUrl, 'streams', 'caller'),
    NodePeer.join(server.wsUrl, 'streams', 'third'),
  ]);
  const everyone = [agent, caller, third];
  await waitFor(() => everyone.every((one) => one.room.remoteParticipants.size === 2));
  const own = new RawStreams(agent);
  const [forged, disguised] = [new RawStreams(caller), new RawStreams(caller, 'agent')];
  const isThere = (text: string) => waitFor(() => third.texts.some((one) => one.text === text));
  await own.open({ streamId: 'S' });
  await own.write('S', 0, 'The deposit ');
  await own.say('Now.');
  await isThere('Now.');
  await forged.open({ streamId: 'S' });
  await forged.write('S', 1, 'is refundable.');
  await forged.close('S');
  await disguised.say('It is refundable.');
  await forged.say('Done.');
  await isThere('Done.');
  await own.write('S', 1, 'is not refundable.');
  await own.close('S');
  await isThere('The deposit is not refundable.');
  // What it leaves open does not keep it from writing on.
  for (let n = 0; n < 100; n += 1) await forged.open({ streamId: `open-${n}` });
  await forged.say('Still here.');
  await isThere('Still here.');
  expect(third.texts.map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'agent: Now.',
    'caller: It is refundable.',
    'caller: Done.',
    'agent: The deposit is not refundable.',
    'caller: Still here.',
  ]);
  await Promise.all(everyone.map((one) => one.leave()));
});

async function expectAlive(): Promise<void> {
  const response = await fetch(server.httpUrl);
  expect(await response.text()).toBe('OK');
  expect(server.child.exitCode).toBeNull();
  expect(server.output()).not.toMatch(FAULT);
}
