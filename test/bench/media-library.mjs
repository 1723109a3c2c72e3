// Compares werift and node-datachannel on one job: N calls of two peers, 50 Opus packets a second each way.
// Usage: node test/bench/media-library.mjs [calls=10] [seconds=15]
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Audio, PeerConnection } from 'node-datachannel';

const stunPort = await openStun();
const calls = Number(process.argv[2] ?? 10);
const seconds = Number(process.argv[3] ?? 15);
for (const library of (process.argv[4] ?? 'werift,node-datachannel').split(','))
  console.log(JSON.stringify(await measure(library)));
process.exit(0);

async function measure(library) {
  const path = fileURLToPath(new URL('./media-library-forwarder.mjs', import.meta.url));
  const forwarder = fork(path, [library, String(stunPort)]);
  const waiting = new Map();
  const next = (key) => new Promise((resolve) => waiting.set(key, resolve));
  forwarder.on('message', (m) => waiting.get(m.kind + (m.call ?? '') + (m.side ?? ''))?.(m));
  await next('ready');
  const peers = [];
  const firstPacket = [];
  for (let call = 0; call < calls; call += 1) {
    const began = performance.now();
    const a = await connect(forwarder, next, call, 'a');
    const b = await connect(forwarder, next, call, 'b');
    a.start();
    b.start();
    await Promise.all([a.heard, b.heard]);
    firstPacket.push(performance.now() - began);
    peers.push(a, b);
  }
  const before = peers.map((peer) => ({ ...peer.count }));
  forwarder.send({ kind: 'start' });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  forwarder.send({ kind: 'report' });
  const { cpuMs, rss } = await next('report');
  const sent = peers.reduce((sum, peer, i) => sum + peer.count.sent - before[i].sent, 0);
  const received = peers.reduce(
    (sum, peer, i) => sum + peer.count.received - before[i].received,
    0,
  );
  peers.forEach((peer) => peer.stop());
  forwarder.kill('SIGKILL');
  firstPacket.sort((x, y) => x - y);
  return {
    library,
    calls,
    seconds,
    cpuPercentPerCall: Number(((cpuMs / (seconds * 1000) / calls) * 100).toFixed(3)),
    microsecondsPerPacket: Math.round((cpuMs * 1000) / received),
    firstPacketMsMedian: Math.round(firstPacket[Math.floor(calls / 2)]),
    firstPacketMsMax: Math.round(firstPacket.at(-1)),
    deliveredPercent: Number(((received / sent) * 100).toFixed(1)),
    rssMb: Math.round(rss / 1e6),
  };
}

async function connect(forwarder, next, call, side) {
  const ssrc = 1000 + call * 2 + (side === 'a' ? 0 : 1);
  const peer = new PeerConnection(`${call}${side}`, { iceServers: [], bindAddress: '127.0.0.1' });
  const audio = new Audio('0', 'SendRecv');
  audio.addOpusCodec(111);
  audio.addSSRC(ssrc, `c${ssrc}`, `s${ssrc}`, `t${ssrc}`);
  const track = peer.addTrack(audio);
  const count = { sent: 0, received: 0 };
  const heard = new Promise((resolve) =>
    track.onMessage((rtp) => {
      const type = rtp[1] & 0x7f;
      if (type >= 64 && type < 96) return;
      count.received += 1;
      resolve();
    }),
  );
  const gathered = new Promise((resolve) =>
    peer.onGatheringStateChange((state) => state === 'complete' && resolve()),
  );
  const up = new Promise((resolve) =>
    peer.onStateChange((state) => state === 'connected' && resolve()),
  );
  peer.setLocalDescription();
  await gathered;
  const answered = next(`offer${call}${side}`);
  forwarder.send({
    kind: 'offer',
    call,
    side,
    sdp: peer.localDescription().sdp.replace('actpass', 'active'),
  });
  peer.setRemoteDescription((await answered).sdp, 'answer');
  await up;
  const packet = Buffer.alloc(92);
  packet[0] = 0x80;
  packet[1] = 111;
  packet.writeUInt32BE(ssrc, 8);
  let timer;
  const start = () => {
    timer = setInterval(() => {
      packet.writeUInt16BE(count.sent & 0xffff, 2);
      packet.writeUInt32BE((count.sent * 960) >>> 0, 4);
      if (track.sendMessageBinary(packet)) count.sent += 1;
    }, 20);
  };
  const stop = () => {
    clearInterval(timer);
    peer.close();
  };
  return { start, stop, heard, count };
}

/** A STUN server on loopback, so that no library waits for one on the internet. */
async function openStun() {
  const socket = createSocket('udp4');
  socket.on('message', (request, from) => {
    const reply = Buffer.alloc(32);
    reply.writeUInt16BE(0x0101, 0);
    reply.writeUInt16BE(12, 2);
    request.copy(reply, 4, 4, 20);
    reply.writeUInt32BE(0x00200008, 20);
    reply.writeUInt16BE(1, 24);
    reply.writeUInt16BE(from.port ^ 0x2112, 26);
    const address = from.address.split('.').map(Number);
    for (let i = 0; i < 4; i += 1) reply.writeUInt8(address[i] ^ request[4 + i], 28 + i);
    socket.send(reply, from.port, from.address);
  });
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket.address().port;
}
