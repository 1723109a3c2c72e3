// Knows who opened which data stream, so that nobody writes into another's.
import type { DataPacket } from '@livekit/protocol';

/** Of one participant; a call needs a few. */
const MAX_STREAMS = 64;

export class StreamOwners {
  readonly #owners = new Map<string, string>();

  /** Whether a packet may be passed on: a stream's packets come from the one who opened it, its id is nobody else's. */
  admits({ value }: DataPacket, identity: string): boolean {
    if (value.case === 'streamHeader') return this.#open(value.value.streamId, identity);
    if (value.case !== 'streamChunk' && value.case !== 'streamTrailer') return true;
    const { streamId } = value.value;
    if (this.#owners.get(streamId) !== identity) return false;
    if (value.case === 'streamTrailer') this.#owners.delete(streamId);
    return true;
  }

  forget(identity: string): void {
    for (const streamId of this.#streamsOf(identity)) this.#owners.delete(streamId);
  }

  #open(streamId: string, identity: string): boolean {
    const owner = this.#owners.get(streamId);
    if (owner !== undefined) return owner === identity;
    const [oldest, ...others] = this.#streamsOf(identity);
    // Streams that are never ended must not use up those to come.
    if (oldest !== undefined && others.length + 1 >= MAX_STREAMS) this.#owners.delete(oldest);
    this.#owners.set(streamId, identity);
    return true;
  }

  #streamsOf(identity: string): string[] {
    return [...this.#owners].flatMap(([streamId, owner]) => (owner === identity ? [streamId] : []));
  }
}
