// Reception figures of the client's streams, and RTCP receiver reports of them. Source: RFC 3550, section 6.4.
import { newSsrc } from '../ids.js';

interface Source {
  base: number;
  highest: number;
  cycles: number;
  received: number;
  expectedBefore: number;
  receivedBefore: number;
  jitter: number;
  transit: number;
  reportNtp: number;
  reportAt: number;
}

const MAX_BLOCKS = 8;

/** Loss, highest sequence number and jitter of up to eight sources with a clock of 48 kHz. */
export class ReceiverReports {
  readonly #sources = new Map<number, Source>();
  readonly #ssrc = newSsrc();

  /** Counts a received RTP packet. */
  receive(ssrc: number, packet: Buffer): void {
    const sequence = packet.readUInt16BE(2);
    const transit = Math.round(performance.now() * 48) - packet.readUInt32BE(4);
    const source = this.#sources.get(ssrc);
    if (!source) {
      if (this.#sources.size < MAX_BLOCKS) this.#sources.set(ssrc, newSource(sequence, transit));
      return;
    }
    source.received += 1;
    const ahead = (sequence - source.highest) & 0xffff;
    if (ahead > 0 && ahead < 0x8000) {
      if (sequence < source.highest) source.cycles += 0x10000;
      source.highest = sequence;
    }
    const change = Math.abs((transit - source.transit) | 0);
    source.transit = transit;
    // A jump of more than ten seconds is a new timeline of the source, not jitter.
    if (change < 480000) source.jitter += (change - source.jitter) / 16;
  }

  /** Notes a sender report, from which the client works out the round trip. */
  receiveSenderReport(ssrc: number, report: Buffer): void {
    const source = this.#sources.get(ssrc);
    if (!source) return;
    source.reportNtp = report.readUInt32BE(10);
    source.reportAt = performance.now();
  }

  forget(ssrc: number): void {
    this.#sources.delete(ssrc);
  }

  /** A receiver report about every source; undefined when there is none. */
  build(): Buffer | undefined {
    if (this.#sources.size === 0) return undefined;
    const report = Buffer.alloc(8 + this.#sources.size * 24);
    report.writeUInt8(0x80 | this.#sources.size, 0);
    report.writeUInt8(201, 1);
    report.writeUInt16BE(report.length / 4 - 1, 2);
    report.writeUInt32BE(this.#ssrc, 4);
    let offset = 8;
    for (const [ssrc, source] of this.#sources) {
      writeBlock(report, offset, ssrc, source);
      offset += 24;
    }
    return report;
  }
}

function newSource(sequence: number, transit: number): Source {
  return {
    base: sequence,
    highest: sequence,
    cycles: 0,
    received: 1,
    expectedBefore: 0,
    receivedBefore: 0,
    jitter: 0,
    transit,
    reportNtp: 0,
    reportAt: 0,
  };
}

function writeBlock(report: Buffer, offset: number, ssrc: number, source: Source): void {
  const expected = source.cycles + source.highest - source.base + 1;
  const expectedNow = expected - source.expectedBefore;
  const lostNow = expectedNow - (source.received - source.receivedBefore);
  source.expectedBefore = expected;
  source.receivedBefore = source.received;
  const fraction = expectedNow > 0 && lostNow > 0 ? Math.floor((lostNow * 256) / expectedNow) : 0;
  const lost = Math.min(0x7fffff, Math.max(0, expected - source.received));
  const delay = source.reportAt ? ((performance.now() - source.reportAt) / 1000) * 65536 : 0;
  report.writeUInt32BE(ssrc, offset);
  report.writeUInt32BE(((Math.min(255, fraction) << 24) | lost) >>> 0, offset + 4);
  report.writeUInt32BE((source.cycles + source.highest) >>> 0, offset + 8);
  report.writeUInt32BE(Math.round(source.jitter) >>> 0, offset + 12);
  report.writeUInt32BE(source.reportNtp >>> 0, offset + 16);
  report.writeUInt32BE(Math.round(delay) >>> 0, offset + 20);
}
