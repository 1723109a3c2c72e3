// Remembers which participant opened which data stream, so that nobody else writes into it.
import type { DataPacket } from '@livekit/protocol';

/** Open streams of one participant; a call needs a few. */
const MAX_STREAMS = 64;

/** The open data streams of a room. */
export class StreamOwners {
  readonly #owners = new Map<string, string>();

  /** Whether to relay a packet: its stream was opened by the same participant, and no other has a stream of that id. */
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
    // Streams that are never closed must not prevent new ones.
    if (oldest !== undefined && others.length + 1 >= MAX_STREAMS) this.#owners.delete(oldest);
    this.#owners.set(streamId, identity);
    return true;
  }

  #streamsOf(identity: string): string[] {
    return [...this.#owners].flatMap(([streamId, owner]) => (owner === identity ? [streamId] : []));
  }
}
