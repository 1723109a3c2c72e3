/**
 * A participant that costs little: signalling as livekit-client speaks it, one native peer connection, no codec. It sends Opus
 * packets that were recorded before and counts what comes back.
 */
import {
  AddTrackRequest,
  ClientInfo,
  ClientInfo_SDK,
  JoinRequest,
  Ping,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  TrackSource,
  TrackType,
  WrappedJoinRequest,
} from '@livekit/protocol';
import { URLSearchParams } from 'node:url';
import { AccessToken } from 'livekit-server-sdk';
import { Audio, PeerConnection } from 'node-datachannel';
import WebSocket from 'ws';

const OPUS = 111;
const PING_MS = 5_000;
const JOIN_MS = 20_000;
/** The native side closes what is referred to by callbacks alone. */
const kept = new Set();

/**
 * Joins and resolves once media flow: `onRtp` gets every packet, `send` sends one. Rejects after 20 s.
 * `target` is `{ url, apiKey, apiSecret }` of the media server.
 */
export async function joinLightPeer(target, { room, identity, ssrc, onRtp }) {
  const peer = new PeerConnection(identity, {
    iceServers: [],
    bindAddress: '127.0.0.1',
    // Else each track below starts an offer of its own, and two of them can meet.
    disableAutoNegotiation: true,
  });
  const hears = new Audio('0', 'RecvOnly');
  hears.addOpusCodec(OPUS);
  const speaks = new Audio('1', 'SendOnly');
  speaks.addOpusCodec(OPUS);
  speaks.addSSRC(ssrc, `c${ssrc}`, `s${ssrc}`, `t${ssrc}`);
  const incoming = peer.addTrack(hears);
  incoming.onMessage((packet) => {
    const type = packet[1] & 0x7f;
    if (type === OPUS) onRtp(packet);
  });
  const outgoing = peer.addTrack(speaks);
  const native = [peer, incoming, outgoing, peer.createDataChannel('_reliable')];
  kept.add(native);
  peer.setLocalDescription('offer');
  await new Promise((resolve) => {
    peer.onGatheringStateChange((state) => state === 'complete' && resolve());
    if (peer.gatheringState() === 'complete') resolve();
  });

  const offer = () => peer.localDescription().sdp.replace('a=setup:actpass', 'a=setup:active');
  let offers = 1;
  const socket = new WebSocket(await address(target, { room, identity, ssrc, sdp: offer() }));
  const tell = (message) => socket.send(new SignalRequest({ message }).toBinary());
  const ping = setInterval(() => {
    tell({ case: 'pingReq', value: new Ping({ timestamp: BigInt(Date.now()), rtt: 0n }) });
  }, PING_MS);
  const early = [];
  let answered = false;
  let wanted = false;
  const offerAgain = () => {
    wanted = false;
    peer.setLocalDescription('offer');
    const value = new SessionDescription({ type: 'offer', sdp: offer(), id: (offers += 1) });
    tell({ case: 'offer', value });
  };
  let fail = () => undefined;
  socket.on('message', (data) => {
    try {
      hear(SignalResponse.fromBinary(data).message);
    } catch (error) {
      fail(error);
    }
  });
  const hear = (message) => {
    if (message.case === 'answer') {
      // A section without a track yet must stay usable for the one that comes.
      peer.setRemoteDescription(message.value.sdp.replace('a=inactive', 'a=sendonly'), 'answer');
      answered = true;
      for (const candidate of early.splice(0)) peer.addRemoteCandidate(candidate, '0');
      if (wanted) offerAgain();
    }
    if (message.case === 'trickle') {
      const { candidate } = JSON.parse(message.value.candidateInit);
      if (!candidate) return;
      if (answered) peer.addRemoteCandidate(candidate, '0');
      else early.push(candidate);
    }
    if (message.case === 'mediaSectionsRequirement') {
      if (peer.signalingState() === 'stable' && answered) offerAgain();
      else wanted = true;
    }
  };
  const leave = () => {
    clearInterval(ping);
    socket.removeAllListeners();
    socket.on('error', () => undefined);
    socket.close();
    peer.close();
    kept.delete(native);
  };
  let late;
  await new Promise((resolve, reject) => {
    fail = reject;
    late = setTimeout(() => reject(new Error(`${identity} got no media`)), JOIN_MS);
    peer.onStateChange((state) => state === 'connected' && resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`${identity} was refused`)));
  })
    .catch((error) => {
      leave();
      throw error;
    })
    .finally(() => clearTimeout(late));
  return {
    leave,
    send: (packet) => outgoing.isOpen() && outgoing.sendMessageBinary(packet),
    isUp: () => peer.state() === 'connected' && socket.readyState === WebSocket.OPEN,
  };
}

async function address({ url, apiKey, apiSecret }, { room, identity, ssrc, sdp }) {
  const token = new AccessToken(apiKey, apiSecret, { identity });
  token.addGrant({ roomJoin: true, room });
  const request = new JoinRequest({
    clientInfo: new ClientInfo({ sdk: ClientInfo_SDK.JS, version: '2.23.0', protocol: 17 }),
    connectionSettings: { autoSubscribe: true },
    addTrackRequests: [
      new AddTrackRequest({
        cid: `t${ssrc}`,
        type: TrackType.AUDIO,
        source: TrackSource.MICROPHONE,
      }),
    ],
    publisherOffer: new SessionDescription({ type: 'offer', sdp, id: 1 }),
  });
  const wrapped = new WrappedJoinRequest({ joinRequest: request.toBinary() });
  const text = Buffer.from(wrapped.toBinary()).toString('base64');
  const query = new URLSearchParams({ access_token: await token.toJwt(), join_request: text });
  return `${url}/rtc/v1?${query}`;
}
