/** Junk on the signalling socket and the media ports: nobody else notices, and the server lives on. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import {
  RequestResponse_Reason,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
} from '@livekit/protocol';
import { RoomEvent } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type WebSocket from 'ws';
import { waitFor } from '../support/wait-for.js';
import type { MediaServer } from './support/media-server.js';
import { describeMediaServers } from './support/media-servers.js';
import { NodePeer } from './support/node-peer.js';
import { openPorts } from './support/open-ports.js';
import { answers, rawOffer } from './support/raw-offer.js';
import type { OfferParts } from './support/raw-offer.js';
import { closed, joinRequest, openSignal, openSocket, wrapped } from './support/raw-socket.js';
import { joinToken } from './support/tokens.js';

/** Frames that end the socket of whoever sends them. */
const ENDING: [string, string | Uint8Array][] = [
  ['text', 'hello'],
  ['random bytes', Buffer.from('ff00fe01c3a9deadbeef', 'hex')],
  ['JSON of another shape', '{"offer":{"sdp":5}}'],
  ['an offer without ICE', request({ case: 'offer', value: { type: 'offer', sdp: sdp('') } })],
  ['an offer that is an answer', request({ case: 'offer', value: { type: 'answer', sdp: 'x' } })],
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
  ['an unknown leave', request({ case: 'leave', value: { reason: 999 } })],
];

/** Frames that are passed over. */
const HARMLESS: [string, Uint8Array][] = [
  ['an empty frame', Buffer.alloc(0)],
  ['an answer to nothing', request({ case: 'answer', value: { type: 'answer', sdp: sdp('') } })],
  [
    'a candidate of junk',
    request({ case: 'trickle', value: { candidateInit: '{"candidate":7}' } }),
  ],
  ['a candidate that is no JSON', request({ case: 'trickle', value: { candidateInit: 'x' } })],
  ['a mute of a track that is not there', request({ case: 'mute', value: { sid: 'TR_x' } })],
  ['a track without a name', request({ case: 'addTrack', value: { cid: '' } })],
  [
    'a subscription to nothing',
    request({ case: 'subscription', value: { trackSids: ['TR_x'], subscribe: true } }),
  ],
  [
    'a thousand wishes for nothing',
    request({
      case: 'subscription',
      value: {
        trackSids: Array.from({ length: 1000 }, (_, index) => `TR_${index}`),
        subscribe: true,
      },
    }),
  ],
  [
    'a track setting of nothing',
    request({ case: 'trackSetting', value: { trackSids: ['TR_x'], disabled: true } }),
  ],
  [
    'a restriction to nobody by any name',
    request({ case: 'subscriptionPermission', value: { trackPermissions: [{ allTracks: true }] } }),
  ],
];

describeMediaServers('garbage', (server) => {
  let caller: NodePeer;

  beforeAll(async () => {
    caller = await NodePeer.join(server().wsUrl, 'junk', 'caller');
  });

  afterEach(async () => {
    await expectAlive(server());
    expect(caller.room.isConnected).toBe(true);
  });

  afterAll(() => caller.leave());

  test.each(ENDING)('%s ends its sender’s socket', async (name, frame) => {
    const socket = await openSignal(server(), 'junk', name);
    socket.send(frame);
    await closed(socket);
  });

  test('a request about a track that is not there is answered so', async () => {
    const socket = await openSignal(server(), 'junk', 'asking');
    const told = answers(socket);
    socket.send(request({ case: 'mute', value: { sid: 'TR_x', muted: true } }));
    socket.send(request({ case: 'updateAudioTrack', value: { trackSid: 'TR_y', features: [3] } }));
    const refusals = await waitFor(() => {
      const all = told.flatMap((one) => (one.case === 'requestResponse' ? [one.value] : []));
      return all.length === 2 ? all : null;
    });
    expect(refusals.map(({ reason, request: about }) => [reason, about.case])).toEqual([
      [RequestResponse_Reason.NOT_FOUND, 'mute'],
      [RequestResponse_Reason.NOT_FOUND, 'updateAudioTrack'],
    ]);
    socket.terminate();
  });

  test.each(HARMLESS)('%s is passed over', async (name, frame) => {
    const socket = await openSignal(server(), 'junk', name);
    for (let round = 0; round < 3; round += 1) socket.send(frame);
    expect(await pong(socket, 42n)).toBe(42n);
    socket.terminate();
  });

  test('an offer of junk ends its sender’s socket at most', async () => {
    const socket = await openSignal(server(), 'junk', 'offer');
    socket.send(request({ case: 'offer', value: { type: 'offer', sdp: 'v=0\r\njunk' } }));
    await expectAlive(server());
    socket.terminate();
  });

  test('offers made to hurt end their senders’ sockets at most', async () => {
    const formats = Array.from({ length: 9000 }, (_, at) => `a=rtpmap:${at} opus/48000`);
    const hostile: OfferParts[] = [
      { audio: formats },
      { audio: ['a=rtpmap:300 opus/48000/2'] },
      { audio: Array<string>(2000).fill('a=ssrc:4294967299 cname:x') },
      { fingerprint: 'sha-256 AB:CD' },
    ];
    for (const parts of hostile) {
      const socket = await openSignal(server(), 'junk', 'hostile');
      socket.send(request({ case: 'offer', value: { type: 'offer', sdp: rawOffer(parts) } }));
      await expectAlive(server());
      socket.terminate();
    }
  });

  test('junk on the media ports, which are on loopback like all others', async () => {
    const udp = openPorts(server().pid, 'udp');
    const tcp = openPorts(server().pid, 'tcp');
    expect(new Set([...udp, ...tcp].map((one) => one.address))).toEqual(new Set(['127.0.0.1']));
    expect(udp.length).toBeGreaterThan(0);
    const listener = await NodePeer.join(server().wsUrl, 'junk', 'listener');
    const sender = createSocket('udp4');
    // The first byte chooses between STUN, DTLS and RTP.
    for (const first of [0, 1, 20, 22, 63, 128, 144, 200, 255]) {
      for (const { port } of udp) {
        const junk = randomBytes(200);
        junk[0] = first;
        sender.send(junk, port, '127.0.0.1');
        sender.send(junk.subarray(0, 1), port, '127.0.0.1');
      }
    }
    const heard = new Promise((resolve) => {
      listener.room.on(RoomEvent.DataReceived, (_bytes, who) => resolve(who?.identity));
    });
    await waitFor(() => caller.room.remoteParticipants.has('listener'));
    await caller.local.publishData(new Uint8Array([1]), { reliable: true });
    expect(await heard).toBe('caller');
    sender.close();
    await listener.leave();
  });

  test('a very large frame, and a flood of frames, end the socket at most', async () => {
    const attacks: ((socket: WebSocket) => void)[] = [
      (socket) => socket.send(Buffer.alloc(2_000_000)),
      (socket) => {
        for (let round = 0; round < 2000; round += 1) socket.send('x');
      },
    ];
    for (const attack of attacks) {
      const socket = await openSignal(server(), 'flood', 'noisy');
      attack(socket);
      await expectAlive(server());
      socket.terminate();
    }
  });

  test('a join request of junk is refused', async () => {
    const token = await joinToken('junk', 'x');
    const ask = async (query: string): Promise<string> => {
      const url = `${server().httpUrl}/rtc/v1/validate?access_token=${token}&${query}`;
      const response = await fetch(url);
      return `${response.status} ${await response.text()}`;
    };
    expect(await ask(joinRequest())).toBe('200 success');
    expect(await ask('')).toBe('400 join_request is required');
    expect(await ask('join_request=!!!!')).toBe('400 cannot base64 decode wrapped join request');
    expect(await ask('join_request=AAAA')).toBe('400 cannot unmarshal wrapped join request');
    const junk = Buffer.from('junk');
    expect(await ask(wrapped(new WrappedJoinRequest({ joinRequest: junk })))).toBe(
      '400 cannot unmarshal join request',
    );
    expect(await ask(wrapped(new WrappedJoinRequest({ compression: 1, joinRequest: junk })))).toBe(
      '400 cannot read decompressed join request',
    );
  });

  test('paths and methods that nothing answers are 404, and no socket opens there', async () => {
    for (const path of ['/nothing', '/rtc/v9', '/twirp/', '/agent', '/rtc/v1']) {
      const response = await fetch(server().httpUrl + path);
      expect([path, response.status < 500 && response.status >= 400]).toEqual([path, true]);
    }
    await expect(openSocket(`${server().wsUrl}/nothing`)).rejects.toThrow();
    await expectAlive(server());
  });
});

/** Sends a ping; resolves with the timestamp that its answer repeats. */
function pong(socket: WebSocket, timestamp: bigint): Promise<bigint> {
  return new Promise((resolve, reject) => {
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data: Buffer) => {
      const { message } = SignalResponse.fromBinary(data);
      if (message.case === 'pongResp') resolve(message.value.lastPingTimestamp);
    });
    socket.send(request({ case: 'pingReq', value: { timestamp } }));
  });
}

async function expectAlive(server: MediaServer): Promise<void> {
  await waitFor(async () => (await (await fetch(server.httpUrl)).text()) === 'OK');
  expect(server.isRunning()).toBe(true);
}

/** Junk may lie about types, so the message is not checked. */
function request(message: unknown): Uint8Array {
  return new SignalRequest({ message } as never).toBinary();
}

function sdp(attributes: string): string {
  return `v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n${attributes}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n`;
}
