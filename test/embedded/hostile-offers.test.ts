/** Offers, answers and addresses made to hurt: they cost the server next to nothing, and their senders the socket at most. */
import {
  AddTrackRequest,
  SessionDescription,
  SignalTarget,
  TrackSource,
  TrickleRequest,
} from '@livekit/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../support/wait-for.js';
import type WebSocket from 'ws';
import { closed, OLDER, openSignal } from '../conformance/support/raw-socket.js';
import { startEmbedded } from './support/embedded-process.js';
import type { EmbeddedProcess } from './support/embedded-process.js';
import { answers, ask, rawOffer } from '../conformance/support/raw-offer.js';
import type { OfferParts } from '../conformance/support/raw-offer.js';

// Quadratic reading took half a minute for these.
const FROZEN_MS = 5000;

let server: EmbeddedProcess;

beforeAll(async () => {
  server = await startEmbedded();
});

afterAll(async () => {
  expect(server.output()).not.toMatch(/uncaught|unhandled|DEP0168/i);
  await server.stop();
});

function offer(sdp: string): { case: 'offer'; value: SessionDescription } {
  return { case: 'offer', value: new SessionDescription({ type: 'offer', sdp }) };
}

/** What a client of two connections answers when it is offered data alone. */
function rawAnswer(parts: OfferParts = {}): string {
  const lines = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0'];
  return rawOffer(parts)
    .replace('a=setup:actpass', 'a=setup:active')
    .replace(/m=[^]*/, `${lines.join('\r\n')}\r\n`);
}

function answer(sdp: string): { case: 'answer'; value: SessionDescription } {
  return { case: 'answer', value: new SessionDescription({ type: 'answer', sdp }) };
}

/** What the server says from now on; it has made its offer, unless it makes none. */
async function offered(socket: WebSocket, isOlder = true): Promise<ReturnType<typeof answers>> {
  const heard = answers(socket);
  if (isOlder) await waitFor(() => heard.some((one) => one.case === 'offer'));
  return heard;
}

test('offers of very many formats do not hold up the others', async () => {
  const formats = Array.from({ length: 9000 }, (_, at) => `a=rtpmap:${at} opus/48000`);
  const sockets = await Promise.all([1, 2, 3].map((n) => openSignal(server, 'many', `${n}`)));
  const began = Date.now();
  for (const socket of sockets) ask(socket, offer(rawOffer({ audio: formats })));
  expect(await (await fetch(server.httpUrl)).text()).toBe('OK');
  expect(Date.now() - began).toBeLessThan(FROZEN_MS);
  await Promise.all(sockets.map(closed));
});

test.each([
  ['of a short hash', 'sha-256 AB:CD'],
  ['of no hash that there is', `sha-3 ${Array<string>(32).fill('AB').join(':')}`],
  ['of a hash without colons', `sha-256 ${'AB'.repeat(32)}`],
])('a fingerprint %s ends its sender’s socket', async (name, fingerprint) => {
  const socket = await openSignal(server, 'hash', name);
  ask(socket, offer(rawOffer({ fingerprint })));
  await closed(socket);
});

test('a format whose number does not fit an RTP packet is not chosen', async () => {
  const socket = await openSignal(server, 'format', 'caller');
  const heard = answers(socket);
  const audio = ['a=rtpmap:300 opus/48000/2', 'a=rtpmap:111 opus/48000/2', 'a=recvonly'];
  ask(socket, offer(rawOffer({ audio })));
  const answer = await waitFor(() => heard.find((one) => one.case === 'answer'));
  expect(answer.value.sdp).toMatch(/^a=rtpmap:111 /m);
  expect(answer.value.sdp).not.toMatch(/rtpmap:300/);
  socket.terminate();
});

test('names and very many addresses are passed over', async () => {
  const socket = await openSignal(server, 'addresses', 'caller');
  const heard = answers(socket);
  ask(socket, offer(rawOffer({ audio: ['a=recvonly'] })));
  await waitFor(() => heard.some((one) => one.case === 'answer'));
  for (let port = 1; port < 200; port += 1) {
    const address = port % 2 ? '127.0.0.1' : 'looked-up.invalid';
    const candidate = `candidate:${port} 1 udp 1 ${address} ${port} typ host`;
    const candidateInit = JSON.stringify({ candidate, sdpMLineIndex: 0 });
    ask(socket, { case: 'trickle', value: new TrickleRequest({ candidateInit }) });
  }
  ask(socket, { case: 'ping', value: 1n });
  await waitFor(() => heard.some((one) => one.case === 'pong'));
  socket.terminate();
});

test.each([
  ['of junk', 'junk'],
  ['of a short hash', rawAnswer({ fingerprint: 'sha-256 AB:CD' })],
  ['without any section', rawAnswer().replace(/m=[^]*/, '')],
  ['of more sections than were offered', rawAnswer() + rawAnswer().replace(/[^]*(?=m=)/, '')],
  ['of very many sections', rawAnswer() + 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n'.repeat(5000)],
])('an answer %s ends its sender’s socket', async (name, sdp) => {
  const socket = await openSignal(server, 'answer', name, OLDER);
  const heard = await offered(socket);
  ask(socket, answer(sdp));
  await closed(socket);
  expect(heard.map((one) => one.case)).toContain('leave');
});

test('answers that nothing was asked for, and addresses before and after, are passed over', async () => {
  for (const path of [undefined, OLDER]) {
    const socket = await openSignal(server, 'unasked', path ?? 'one', path);
    const heard = await offered(socket, path === OLDER);
    for (let port = 1; port < 100; port += 1) {
      const candidate = `candidate:${port} 1 udp 1 127.0.0.1 ${port} typ host`;
      const candidateInit = JSON.stringify({ candidate, sdpMLineIndex: 0 });
      const value = new TrickleRequest({ candidateInit, target: SignalTarget.SUBSCRIBER });
      ask(socket, { case: 'trickle', value });
      // The first one counts.
      if (port % 10 === 5) ask(socket, answer(port === 5 ? rawAnswer() : 'junk'));
    }
    ask(socket, { case: 'ping', value: 1n });
    await waitFor(() => heard.some((one) => one.case === 'pong'));
    socket.terminate();
  }
});

test('tracks that are announced and taken back before they sound leave room for others', async () => {
  const socket = await openSignal(server, 'announced', 'caller');
  const heard = answers(socket);
  for (let round = 0; round < 10; round += 1) {
    const cid = `track-${round}`;
    const value = new AddTrackRequest({ cid, name: cid, source: TrackSource.MICROPHONE });
    ask(socket, { case: 'addTrack', value });
    ask(socket, offer(rawOffer({ audio: [`a=msid:- ${cid}`, 'a=sendonly'] })));
    ask(socket, offer(rawOffer({ audio: ['a=inactive'] })));
    await waitFor(() => heard.filter((one) => one.case === 'answer').length === 2 * round + 2);
  }
  const of = (kind: string): number => heard.filter((one) => one.case === kind).length;
  expect([of('trackPublished'), of('requestResponse')]).toEqual([10, 0]);
  socket.terminate();
});
