// Keeps sequence numbers and timestamps of a forwarded track continuous when packets are held back or its source
// changes.

const CLOCK_PER_MS = 48;
const HALF = 0x8000;

/** Rewrites RTP packets in place, so that the receiver does not count packets as lost that the server held back. */
export class Numbering {
  #source = -1;
  #broken = false;
  #shift = 0;
  #timeShift = 0;
  #lastSequence = -1;
  #lastTime = 0;
  #lastAt = 0;

  /** Notes that a packet was held back. */
  skip(): void {
    this.#broken = true;
  }

  /** Renumbers an RTP packet of the SSRC `source` to follow the packet that was forwarded last. */
  apply(packet: Buffer, source: number): void {
    const sequence = packet.readUInt16BE(2);
    const time = packet.readUInt32BE(4);
    const isNew = source !== this.#source;
    if (this.#lastSequence >= 0 && (isNew || this.#broken)) {
      this.#shift = (this.#lastSequence + 1 - sequence) & 0xffff;
      if (isNew) {
        const passed = Math.round((performance.now() - this.#lastAt) * CLOCK_PER_MS);
        this.#timeShift = (this.#lastTime + passed - time) >>> 0;
      }
    }
    this.#source = source;
    this.#broken = false;
    const out = (sequence + this.#shift) & 0xffff;
    const outTime = this.timeOf(time);
    packet.writeUInt16BE(out, 2);
    packet.writeUInt32BE(outTime, 4);
    if (this.#lastSequence >= 0 && ((out - this.#lastSequence) & 0xffff) >= HALF) return;
    this.#lastSequence = out;
    this.#lastTime = outTime;
    this.#lastAt = performance.now();
  }

  /** The timestamp for receivers of a timestamp of the current source. */
  timeOf(time: number): number {
    return (time + this.#timeShift) >>> 0;
  }
}
