// Loads the embedded media server with N calls of two native peers and reports what the server uses.
// Usage: node test/bench/media-library-load.mjs [calls=50] [seconds=10]   (needs dist/server)
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  AddTrackRequest,
  JoinRequest,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  WrappedJoinRequest,
} from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { Audio, PeerConnection } from 'node-datachannel';
import WebSocket from 'ws';

const calls = Number(process.argv[2] ?? 50);
const seconds = Number(process.argv[3] ?? 10);
const key = 'bench-key';
const secret = 'a-bench-secret-of-at-least-32-characters';
const port = 17_310;
const senders = [];
// Peers that are only referenced from callbacks must not be collected.
const kept = [];

const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('../../dist/server/embedded/main.js', import.meta.url))],
  { env: { EMBEDDED_PORT: String(port), LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret } },
);
await new Promise((resolve) => server.stdout.once('data', resolve));
server.stdout.resume();
const idleMb = residentMb();
for (let first = 0; first < calls; first += 10) {
  const batch = Array.from({ length: Math.min(10, calls - first) }, (_, i) => first + i);
  await Promise.all(batch.flatMap((call) => [join(call, 0), join(call, 1)]));
}
setInterval(sendAll, 20);
await pause(3000);
const before = { cpu: cpuMs(), sent: sent(), out: udpOut(), at: performance.now() };
await pause(seconds * 1000);
const took = performance.now() - before.at;
const percent = ((cpuMs() - before.cpu) / took) * 100;
console.log(
  JSON.stringify({
    calls,
    cpuPercent: Number(percent.toFixed(1)),
    cpuPercentPerCall: Number((percent / calls).toFixed(2)),
    packetsIn: sent() - before.sent,
    // Every datagram of the machine: what the peers sent, what the server forwarded, and reports.
    datagrams: udpOut() - before.out,
    idleMb,
    loadedMb: residentMb(),
  }),
);
server.kill('SIGTERM');
process.exit(0);

async function join(call, side) {
  const ssrc = 1000 + call * 2 + side;
  const peer = new PeerConnection(`${call}-${side}`, { iceServers: [], bindAddress: '127.0.0.1' });
  const gathered = new Promise((resolve) =>
    peer.onGatheringStateChange((state) => state === 'complete' && resolve()),
  );
  const up = new Promise((resolve) =>
    peer.onStateChange((state) => state === 'connected' && resolve()),
  );
  const hears = new Audio('0', 'RecvOnly');
  hears.addOpusCodec(111);
  const speaks = new Audio('1', 'SendOnly');
  speaks.addOpusCodec(111);
  speaks.addSSRC(ssrc, 'c', 's', `cid${ssrc}`);
  kept.push(peer, peer.addTrack(hears));
  const track = peer.addTrack(speaks);
  kept.push(peer.createDataChannel('_reliable'));
  await gathered;
  const { sdp } = peer.localDescription();
  const offer = sdp
    .replace('actpass', 'active')
    .replace(/a=(candidate|end-of-candidates).*\r\n/g, '');
  const socket = new WebSocket(await address(call, side, ssrc, offer));
  kept.push(socket);
  let offers = 1;
  socket.on('message', (data) => {
    const { message } = SignalResponse.fromBinary(data);
    if (message.case === 'answer' && offers === 1 && peer.signalingState() !== 'stable') {
      peer.setRemoteDescription(message.value.sdp.replace('a=inactive', 'a=sendonly'), 'answer');
    }
    if (message.case === 'mediaSectionsRequirement') {
      const value = new SessionDescription({ type: 'offer', sdp: offer, id: (offers += 1) });
      socket.send(new SignalRequest({ message: { case: 'offer', value } }).toBinary());
    }
  });
  await up;
  const packet = Buffer.alloc(92);
  packet[0] = 0x80;
  packet[1] = 111;
  packet.writeUInt32BE(ssrc, 8);
  senders.push({ track, packet, count: 0 });
}

async function address(call, side, ssrc, sdp) {
  const token = new AccessToken(key, secret, { identity: `peer-${side}` });
  token.addGrant({ roomJoin: true, room: `call-${call}` });
  const request = new JoinRequest({
    connectionSettings: { autoSubscribe: true },
    addTrackRequests: [new AddTrackRequest({ cid: `cid${ssrc}`, source: TrackSource.MICROPHONE })],
    publisherOffer: new SessionDescription({ type: 'offer', sdp, id: 1 }),
  });
  const wrapped = new WrappedJoinRequest({ joinRequest: request.toBinary() });
  const text = Buffer.from(wrapped.toBinary()).toString('base64url');
  return `ws://127.0.0.1:${port}/rtc/v1?access_token=${await token.toJwt()}&join_request=${text}`;
}

function sendAll() {
  for (const sender of senders) {
    sender.packet.writeUInt16BE(sender.count & 0xffff, 2);
    sender.packet.writeUInt32BE((sender.count * 960) >>> 0, 4);
    if (sender.track.isOpen() && sender.track.sendMessageBinary(sender.packet)) sender.count += 1;
  }
}

function sent() {
  return senders.reduce((sum, sender) => sum + sender.count, 0);
}

function cpuMs() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function residentMb() {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1000);
}

function udpOut() {
  const lines = readFileSync('/proc/net/snmp', 'utf8').split('\n');
  return Number(lines.filter((line) => line.startsWith('Udp:'))[1].split(' ')[4]);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
