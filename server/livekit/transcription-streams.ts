/** Puts one room's transcription streams together from their packets, and attributes each to its true sender. */
import type { TranscriptionPiece } from '../domain/ports/room-listener.js';

/** LiveKit's topic for what is said, and the names of its attributes. */
export const TOPIC = 'lk.transcription';
const SEGMENT_ID = 'lk.segment_id';
const FINAL = 'lk.transcription_final';
const MAX_CHARS = 20_000;
/** Open streams per participant; opening more drops that participant's oldest. */
const MAX_STREAMS = 64;
/** Packets are told of apart from the reader: a text that has none by then came whole with its header. */
const PACKETS_LATE_MS = 150;

type Attributes = Readonly<Record<string, string>>;

/** What opens a stream. */
export interface StreamHeader {
  streamId: string;
  topic: string;
  attributes: Attributes;
}

interface Stream {
  streamId: string;
  speaker: string;
  isAgent: boolean;
  topic: string;
  segmentId: string;
  isFinal: boolean;
  text: string;
  /** Whoever sent them. */
  hasPackets: boolean;
  next: bigint;
  decoder: InstanceType<typeof TextDecoder>;
  /** Its packets are no text: it is compressed, and only the reader can tell what it says. */
  isUnreadable: boolean;
}

/** Who is told, and who is an agent. */
export interface HeardStreamsOptions {
  isAgent(identity: string): boolean;
  tell(piece: TranscriptionPiece): void;
}

/**
 * The media server says truly who has sent a packet; a header alone may name another, since agents write for callers.
 * So the words under an agent's name come in its own packets, those under anybody else's in packets of an agent. What
 * came without packets under a name that is no agent's is told as unverified: its sender is not known.
 */
export class TranscriptionStreams {
  readonly #options: HeardStreamsOptions;
  readonly #open = new Map<string, Stream>();
  readonly #late = new Set<() => void>();

  constructor(options: HeardStreamsOptions) {
    this.#options = options;
  }

  /** A stream begins under somebody's name. Agents' other streams are kept in mind, so that nobody else's have their ids. */
  header(speaker: string, { streamId, topic, attributes }: StreamHeader): void {
    const isAgent = this.#options.isAgent(speaker);
    const key = keyOf(speaker, streamId);
    if (this.#open.has(key) || (topic !== TOPIC && !isAgent)) return;
    this.#makeRoomFor(speaker);
    const stream: Stream = {
      streamId,
      speaker,
      isAgent,
      topic,
      segmentId: attributes[SEGMENT_ID] ?? streamId,
      isFinal: attributes[FINAL] === 'true',
      text: '',
      hasPackets: false,
      next: 0n,
      decoder: new TextDecoder('utf-8', { fatal: true }),
      isUnreadable: false,
    };
    this.#open.set(key, stream);
    if (isAgent) this.#tell(stream);
  }

  chunk(sender: string, streamId: string, index: bigint, content: Uint8Array): void {
    const stream = this.#writtenBy(sender, streamId);
    // Of a stream with a gap the rest is as good as cut off; a repeat follows a reconnection.
    if (!stream || index !== stream.next) return;
    stream.next += 1n;
    if (stream.topic !== TOPIC || stream.isUnreadable) return;
    try {
      const text = stream.decoder.decode(content, { stream: true });
      stream.text = (stream.text + text).slice(0, MAX_CHARS);
      this.#tell(stream);
    } catch {
      stream.isUnreadable = true;
    }
  }

  /** A reason is given where the stream was broken off. */
  trailer(sender: string, streamId: string, reason: string, attributes: Attributes): void {
    const stream = this.#writtenBy(sender, streamId);
    if (!stream) return;
    if (attributes[FINAL] !== undefined) stream.isFinal = attributes[FINAL] === 'true';
    // What its packets do not say is left to the reader.
    if (stream.isUnreadable) return;
    this.#close(stream);
    if (reason === '') this.#tell(stream, { done: true });
  }

  /** The media library's own reading of a stream. Needed where its words came with its header, or compressed. */
  async read(speaker: string, streamId: string, reader: AsyncIterable<string>): Promise<void> {
    let text = '';
    let done = true;
    try {
      for await (const part of reader) text = (text + part).slice(0, MAX_CHARS);
    } catch {
      done = false;
    }
    const conclude = (): void => {
      if (this.#late.delete(conclude)) this.#conclude(speaker, streamId, text, done);
    };
    this.#late.add(conclude);
    setTimeout(conclude, PACKETS_LATE_MS).unref();
  }

  /** The room is over: what would have been waited for does not come any more. */
  hurry(): void {
    for (const conclude of [...this.#late]) conclude();
  }

  #conclude(speaker: string, streamId: string, text: string, done: boolean): void {
    const stream = this.#open.get(keyOf(speaker, streamId));
    if (!stream || (stream.hasPackets ? !stream.isUnreadable : !done)) return;
    this.#close(stream);
    // Compressed packets of others are among those that the library has put together.
    const unverified = !stream.isAgent || stream.isUnreadable;
    if (text !== '') this.#tell({ ...stream, text }, { done, unverified });
  }

  /** The stream that a packet belongs to; a stream of the sender's own name goes before those that it writes for another. */
  #writtenBy(sender: string, streamId: string): Stream | undefined {
    const all = [...this.#open.values()].filter((stream) => stream.streamId === streamId);
    for (const stream of all) stream.hasPackets = true;
    if (!this.#options.isAgent(sender)) return undefined;
    return all.find((one) => one.speaker === sender) ?? all.find((one) => !one.isAgent);
  }

  #makeRoomFor(speaker: string): void {
    const all = [...this.#open].filter(([, stream]) => stream.speaker === speaker);
    if (all.length < MAX_STREAMS) return;
    // Nothing is lost with one that nobody has written to.
    const [key = ''] = all.find(([, stream]) => stream.next === 0n) ?? all[0] ?? [];
    this.#open.delete(key);
  }

  #close(stream: Stream): void {
    this.#open.delete(keyOf(stream.speaker, stream.streamId));
  }

  #tell(stream: Stream, how: { done?: boolean; unverified?: boolean } = {}): void {
    if (stream.topic !== TOPIC) return;
    const { speaker, isAgent, segmentId, text, isFinal } = stream;
    const { done = false, unverified = false } = how;
    const at = new Date();
    this.#options.tell({ speaker, isAgent, segmentId, text, done, final: isFinal, unverified, at });
  }
}

function keyOf(speaker: string, streamId: string): string {
  return JSON.stringify([speaker, streamId]);
}
