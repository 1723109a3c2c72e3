// The side under measurement: forwards Opus RTP between two peers of a call with one WebRTC library.
import process from 'node:process';

const open = { werift: openWerift, 'node-datachannel': openNative }[process.argv[2]];
const answer = await open();
let cpu = process.cpuUsage();

process.on('message', async (message) => {
  if (message.kind === 'offer') process.send({ ...message, ...(await answer(message)) });
  if (message.kind === 'start') cpu = process.cpuUsage();
  if (message.kind === 'report') {
    const used = process.cpuUsage(cpu);
    process.send({
      kind: 'report',
      cpuMs: (used.user + used.system) / 1000,
      rss: process.memoryUsage().rss,
    });
  }
});
process.send({ kind: 'ready' });

/** Two legs a call; each packet that one leg sends goes out on the other one. */
async function openWerift() {
  const { RTCPeerConnection, RTCRtpCodecParameters } = await import('werift');
  const legs = new Map();
  const opus = new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48000, channels: 2 });
  return async ({ call, side, sdp }) => {
    const peer = new RTCPeerConnection({
      codecs: { audio: [opus] },
      iceServers: [{ urls: `stun:127.0.0.1:${process.argv[3]}` }],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
    });
    const other = `${call}${side === 'a' ? 'b' : 'a'}`;
    peer.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe((rtp) => legs.get(other)?.sendRtp(rtp)),
    );
    await peer.setRemoteDescription({ type: 'offer', sdp });
    const [transceiver] = peer.getTransceivers();
    transceiver.setDirection('sendrecv');
    legs.set(`${call}${side}`, transceiver.sender);
    await peer.setLocalDescription(await peer.createAnswer());
    return { sdp: peer.localDescription.sdp };
  };
}

async function openNative() {
  const { PeerConnection } = await import('node-datachannel');
  const legs = new Map();
  return ({ call, side, sdp }) =>
    new Promise((resolve) => {
      const peer = new PeerConnection(`${call}${side}`, {
        iceServers: [],
        bindAddress: '127.0.0.1',
      });
      const other = `${call}${side === 'a' ? 'b' : 'a'}`;
      peer.onTrack((track) => {
        legs.set(`${call}${side}`, { track, peer });
        track.onMessage((rtp) => {
          if ((rtp[1] & 0x7f) >= 64 && (rtp[1] & 0x7f) < 96) return;
          legs.get(other)?.track.sendMessageBinary(rtp);
        });
      });
      peer.onGatheringStateChange((state) => {
        if (state === 'complete') resolve({ sdp: peer.localDescription().sdp });
      });
      peer.setRemoteDescription(sdp, 'offer');
    });
}
