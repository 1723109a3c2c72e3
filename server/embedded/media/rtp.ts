// Reads and rewrites RTP and RTCP packets in place, so that forwarding copies nothing.

/** What the server reads of an RTP packet. */
export interface RtpView {
  ssrc: number;
  payloadType: number;
  /** Audio level of the header extension in −dBov, 127 = silence; −1 without one. Source: RFC 6464. */
  audioLevel: number;
  /** The packet without header extensions, in the same memory. */
  packet: Buffer;
}

const view: RtpView = { ssrc: 0, payloadType: 0, audioLevel: -1, packet: Buffer.alloc(0) };

/**
 * Reads an RTP packet and removes its header extension by moving the fixed header next to the payload. Returns a view
 * that the next call reuses, or undefined for a malformed packet.
 */
export function readRtp(packet: Buffer, audioLevelId: number): RtpView | undefined {
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  const fixed = 12 + (first & 0x0f) * 4;
  view.audioLevel = -1;
  let start = fixed;
  if (first & 0x10) {
    if (packet.length < fixed + 4) return undefined;
    const profile = packet.readUInt16BE(fixed);
    start = fixed + 4 + packet.readUInt16BE(fixed + 2) * 4;
    if (start > packet.length) return undefined;
    if (audioLevelId > 0)
      view.audioLevel = findLevel(packet, profile, fixed + 4, start, audioLevelId);
  }
  if (start > packet.length || fixed > packet.length) return undefined;
  view.ssrc = packet.readUInt32BE(8);
  view.payloadType = packet.readUInt8(1) & 0x7f;
  if (start === 12) {
    view.packet = packet;
    return view;
  }
  packet.copyWithin(start - 12, 0, 12);
  view.packet = packet.subarray(start - 12);
  // Version and padding stay; the extension bit and the count of contributors are cleared.
  view.packet.writeUInt8(first & 0xe0, 0);
  return view;
}

/** Sets the SSRC and payload type of a packet for a receiver. */
export function retarget(packet: Buffer, ssrc: number, payloadType: number): void {
  packet.writeUInt8((packet.readUInt8(1) & 0x80) | payloadType, 1);
  packet.writeUInt32BE(ssrc, 8);
}

/** Calls `found` for each sender report of a compound RTCP packet, with the report without its blocks. */
export function eachSenderReport(
  packet: Buffer,
  found: (ssrc: number, report: Buffer) => void,
): void {
  let offset = 0;
  while (offset + 8 <= packet.length) {
    const length = (packet.readUInt16BE(offset + 2) + 1) * 4;
    if (offset + length > packet.length) return;
    if (packet.readUInt8(offset + 1) === 200 && length >= 28) {
      const report = Buffer.from(packet.subarray(offset, offset + 28));
      report.writeUInt8(0x80, 0);
      report.writeUInt16BE(6, 2);
      found(report.readUInt32BE(4), report);
    }
    offset += length;
  }
}

function findLevel(packet: Buffer, profile: number, from: number, to: number, id: number): number {
  const oneByte = profile === 0xbede;
  if (!oneByte && profile >> 4 !== 0x100) return -1;
  let at = from;
  while (at < to) {
    const head = packet.readUInt8(at);
    if (head === 0) {
      at += 1;
      continue;
    }
    if (!oneByte && at + 1 >= to) return -1;
    const found = oneByte ? head >> 4 : head;
    const length = oneByte ? (head & 0x0f) + 1 : packet.readUInt8(at + 1);
    const data = at + (oneByte ? 1 : 2);
    if (found === id && length > 0 && data < to) return packet.readUInt8(data) & 0x7f;
    at = data + length;
  }
  return -1;
}
