/** Recorded sound that waits for its upload, in chunks of the size that the server accepts. */

const LARGEST_CHUNK = 1_000_000;
/** About ten minutes of 16 kHz stereo. */
const MOST_CHUNKS = 40;

/** First in, first out; what is too much is replaced by silence, so that all that follows stays in its place. */
export class ChunkQueue {
  readonly #chunks: Uint8Array[] = [];
  readonly #onLost: () => void;
  #lostBytes = 0;
  #hasLost = false;

  /** `onLost` is told once, when the first sound is lost. */
  constructor(onLost: () => void) {
    this.#onLost = onLost;
  }

  /** The chunk to hand in next. It stays the same until it is dropped, since it may have arrived unnoticed. */
  get first(): Uint8Array | undefined {
    return this.#chunks[0];
  }

  push(block: Uint8Array): void {
    for (let at = 0; at < block.length; at += LARGEST_CHUNK) {
      this.#append(block.subarray(at, at + LARGEST_CHUNK));
    }
  }

  dropFirst(): void {
    this.#chunks.shift();
    while (this.#lostBytes > 0 && this.#chunks.length < MOST_CHUNKS) {
      const silence = new Uint8Array(Math.min(this.#lostBytes, LARGEST_CHUNK));
      this.#chunks.push(silence);
      this.#lostBytes -= silence.length;
    }
  }

  #append(block: Uint8Array): void {
    const last = this.#chunks.length > 1 ? this.#chunks.at(-1) : undefined;
    if (this.#lostBytes === 0 && last && last.length + block.length <= LARGEST_CHUNK) {
      const merged = new Uint8Array(last.length + block.length);
      merged.set(last);
      merged.set(block, last.length);
      this.#chunks[this.#chunks.length - 1] = merged;
    } else if (this.#lostBytes === 0 && this.#chunks.length < MOST_CHUNKS) {
      this.#chunks.push(block);
    } else {
      this.#lostBytes += block.length;
      if (!this.#hasLost) this.#onLost();
      this.#hasLost = true;
    }
  }
}
