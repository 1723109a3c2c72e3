/** Packets of text streams as no SDK would send them, from a peer that is joined with an unmodified one. */
import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { waitFor } from '../../support/wait-for.js';
import type { NodePeer } from './node-peer.js';

interface Sent {
  message: { case: string; value: { asyncId?: bigint } };
}

interface Bus extends EventEmitter {
  request(request: unknown): { asyncId: bigint };
}

/** What a header says of its stream. */
export interface RawHeader {
  streamId: string;
  topic?: string;
  attributes?: Record<string, string>;
  /** As LiveKit marks what an agent has written for another. */
  generated?: boolean;
}

/** Writes single packets of streams, whoever has opened them. */
export class RawStreams {
  readonly #peer: NodePeer;
  readonly #identity: string;

  /** `identity`: the name that the packets claim to come from, by default the peer's own. */
  constructor(peer: NodePeer, identity = peer.local.identity) {
    this.#peer = peer;
    this.#identity = identity;
  }

  /** Opens a stream of text. */
  async open(header: RawHeader): Promise<void> {
    const { streamId, topic = 'lk.transcription', attributes = {}, generated = false } = header;
    const textHeader = {
      operationType: 0,
      version: 0,
      replyToStreamId: '',
      attachedStreamIds: [],
      generated,
    };
    await this.#send('sendStreamHeader', {
      header: {
        streamId,
        timestamp: BigInt(Date.now()),
        mimeType: 'text/plain',
        topic,
        attributes,
        contentHeader: { case: 'textHeader', value: textHeader },
      },
    });
  }

  async write(streamId: string, index: number, text: string): Promise<void> {
    const content = new TextEncoder().encode(text);
    const chunk = { streamId, chunkIndex: BigInt(index), content };
    await this.#send('sendStreamChunk', { chunk });
  }

  async close(streamId: string): Promise<void> {
    await this.#send('sendStreamTrailer', { trailer: { streamId, reason: '', attributes: {} } });
  }

  /** A whole segment under a stream id of its own. */
  async say(text: string, header: Partial<RawHeader> = {}): Promise<void> {
    const { streamId = randomUUID() } = header;
    await this.open({ ...header, streamId });
    await this.write(streamId, 0, text);
    await this.close(streamId);
  }

  /** Resolves when the packet has gone out: requests overtake each other. */
  async #send(name: string, fields: object): Promise<void> {
    const { _ffiClientInstance: bus } = globalThis as { _ffiClientInstance?: Bus };
    const { ffi_handle } = this.#peer.local as unknown as { ffi_handle: { handle: bigint } };
    const value = {
      localParticipantHandle: ffi_handle.handle,
      destinationIdentities: [],
      senderIdentity: this.#identity,
      ...fields,
    };
    if (!bus) throw new Error('not connected');
    const sent = new Set<bigint | undefined>();
    const note = ({ message }: Sent) => {
      if (message.case === name) sent.add(message.value.asyncId);
    };
    bus.on('ffi_event', note);
    const { asyncId } = bus.request({ message: { case: name, value } });
    await waitFor(() => sent.has(asyncId), { what: name, everyMs: 5 });
    bus.off('ffi_event', note);
  }
}
