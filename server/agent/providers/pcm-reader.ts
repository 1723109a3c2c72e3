/** Sound as a speech server sends it, piece by piece: WAV, whose head tells its rate, or bare PCM. */

const RIFF_HEAD = 12;
const CHUNK_HEAD = 8;
const LONGEST_HEAD = 65_536;
const PCM = 1;
const EXTENSIBLE = 0xff_fe;
const BARE_RATE = 24_000;

/** Reads one answer. Throws one sentence for what cannot be played as it is. */
export class PcmReader {
  readonly #contentType: string;
  #waiting = Buffer.alloc(0);
  #rate: number | null = null;
  /** Bytes of sound that are still to come; some servers do not know. */
  #left = Infinity;

  constructor(contentType: string) {
    this.#contentType = contentType.toLowerCase();
  }

  /** Samples a second; `null` until the head has been read. */
  get rate(): number | null {
    return this.#rate;
  }

  /** Everything is there that its head has promised: what comes behind it is no sound. */
  get isComplete(): boolean {
    return this.#left < 2;
  }

  /** Takes the next piece, of any length; answers the samples that are whole. */
  read(piece: Uint8Array): Int16Array {
    this.#waiting = Buffer.concat([this.#waiting, piece]);
    if (this.#rate === null) this.#readHead();
    if (this.#rate === null) return new Int16Array();
    const length = Math.min(this.#left, this.#waiting.length) & ~1;
    const samples = new Int16Array(length / 2);
    for (let i = 0; i < samples.length; i += 1) samples[i] = this.#waiting.readInt16LE(2 * i);
    this.#left -= length;
    this.#waiting = this.isComplete ? Buffer.alloc(0) : this.#waiting.subarray(length);
    return samples;
  }

  #readHead(): void {
    const bytes = this.#waiting;
    if (bytes.length < 4) return;
    if (bytes.toString('latin1', 0, 4) !== 'RIFF') {
      this.#rate = this.#bareRate();
      return;
    }
    let rate: number | null = null;
    let at = RIFF_HEAD;
    while (at + CHUNK_HEAD <= bytes.length) {
      const name = bytes.toString('latin1', at, at + 4);
      const size = bytes.readUInt32LE(at + 4);
      const body = at + CHUNK_HEAD;
      if (name === 'data') {
        if (rate === null) throw new Error('it sent WAV that does not say its rate');
        this.#rate = rate;
        // What is streamed has no length: 0, or the largest that fits.
        this.#left = size === 0 || size > 0x7f_ff_00_00 ? Infinity : size;
        this.#waiting = bytes.subarray(body);
        return;
      }
      if (name === 'fmt ') {
        if (body + 16 > bytes.length) return;
        rate = rateOf(bytes.subarray(body, body + 16));
      }
      at = body + size + (size % 2);
    }
    if (at > LONGEST_HEAD) throw new Error('it sent WAV without sound');
  }

  #bareRate(): number {
    const isBare = /^(audio\/(pcm|l16|x-raw|raw)|application\/octet-stream)\b/;
    if (!isBare.test(this.#contentType)) {
      throw new Error(`it sent ${this.#contentType || 'something'} instead of WAV or PCM`);
    }
    const said = /rate=(\d+)/.exec(this.#contentType)?.[1];
    return checked(said === undefined ? BARE_RATE : Number(said));
  }
}

function rateOf(format: Buffer): number {
  const [kind, channels, bits] = [0, 2, 14].map((at) => format.readUInt16LE(at));
  if ((kind !== PCM && kind !== EXTENSIBLE) || channels !== 1 || bits !== 16) {
    throw new Error('it sent WAV that is not 16-bit mono PCM');
  }
  return checked(format.readUInt32LE(4));
}

function checked(rate: number): number {
  if (rate < 8_000 || rate > 48_000) throw new Error(`it sent sound of ${rate} samples a second`);
  return rate;
}
