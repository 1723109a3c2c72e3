// Keeps track of the text streams that agents are writing, so that deleting a room does not cut off their last words.
import type { DataPacket } from '@livekit/protocol';
import type { Participant } from './participant.js';

// How long the last packet of a text may take to leave this machine.
const DRAIN_MS = 50;
const MAX_STREAMS = 64;

/** The open text streams of the agents in a room. */
export class AgentTexts {
  readonly #writers = new Map<string, Participant>();
  #closedAt = -Infinity;

  get isOpen(): boolean {
    return this.#writers.size > 0 || performance.now() - this.#closedAt < DRAIN_MS;
  }

  /** Notes the beginning or the end of a text stream. */
  note({ value }: DataPacket, sender: Participant): void {
    if (!sender.isAgent) return;
    if (value.case === 'streamHeader' && value.value.contentHeader.case === 'textHeader') {
      if (this.#writers.size < MAX_STREAMS) this.#writers.set(value.value.streamId, sender);
    } else if (value.case === 'streamTrailer') {
      if (this.#writers.delete(value.value.streamId)) this.#closedAt = performance.now();
    }
  }

  forget(sender: Participant): void {
    for (const [id, writer] of this.#writers) if (writer === sender) this.#writers.delete(id);
  }
}
