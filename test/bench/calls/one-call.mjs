/** One call of a load: a caller who speaks without end, and an echo in place of the agent. */
import { joinLightPeer } from './light-peer.mjs';

const FRAME_MS = 20;
const CLOCK = 48;

/** Joins both and resolves with the call once the caller has heard the echo. */
export async function openCall(target, name, ssrc, payloads) {
  const counts = { sent: 0, back: 0, lost: 0, jitter: 0 };
  const began = performance.now();
  let heardFirst = () => undefined;
  const first = new Promise((resolve) => (heardFirst = resolve));
  let last = null;
  const receive = (packet) => {
    const now = performance.now();
    const seq = packet.readUInt16BE(2);
    const transit = now - packet.readUInt32BE(4) / CLOCK;
    counts.back += 1;
    heardFirst(now - began);
    if (last) {
      const step = (seq - last.seq) & 0xffff;
      // A step backwards is a packet that came late and was counted as lost before.
      if (step > 0x8000) counts.lost -= 1;
      else counts.lost += step - 1;
      counts.jitter += (Math.abs(transit - last.transit) - counts.jitter) / 16;
      if (step > 0x8000) return;
    }
    last = { seq, transit };
  };
  let echo = null;
  const mirror = (packet) => {
    if (!echo) return;
    const copy = plainPacket(
      ssrc + 1,
      packet.readUInt16BE(2),
      packet.readUInt32BE(4),
      bare(packet),
    );
    echo.send(copy);
  };
  const place = { room: name };
  const joins = await Promise.allSettled([
    joinLightPeer(target, { ...place, identity: 'caller', ssrc, onRtp: receive }),
    joinLightPeer(target, { ...place, identity: 'echo', ssrc: ssrc + 1, onRtp: mirror }),
  ]);
  const failed = joins.find((join) => join.status === 'rejected');
  if (failed) {
    for (const join of joins) join.value?.leave();
    throw failed.reason;
  }
  const [caller, answering] = joins.map((join) => join.value);
  echo = answering;
  let dueAt = performance.now() + (ssrc % FRAME_MS);
  return {
    counts,
    /** Milliseconds from the start of joining to the first sound that came back. */
    firstAudio: first,
    isUp: () => caller.isUp() && echo.isUp(),
    /** Sends what is due by `now`. */
    speak(now) {
      for (; dueAt <= now; dueAt += FRAME_MS) {
        const payload = payloads[counts.sent % payloads.length];
        caller.send(plainPacket(ssrc, counts.sent, counts.sent * FRAME_MS * CLOCK, payload));
        counts.sent += 1;
      }
    },
    leave() {
      caller.leave();
      echo.leave();
    },
  };
}

function bare(packet) {
  let at = 12;
  if (packet[0] & 0x10) at += 4 + 4 * packet.readUInt16BE(at + 2);
  return packet.subarray(at);
}

function plainPacket(ssrc, seq, timestamp, payload) {
  const packet = Buffer.allocUnsafe(12 + payload.length);
  packet[0] = 0x80;
  packet[1] = 111;
  packet.writeUInt16BE(seq & 0xffff, 2);
  packet.writeUInt32BE(timestamp >>> 0, 4);
  packet.writeUInt32BE(ssrc, 8);
  packet.set(payload, 12);
  return packet;
}
