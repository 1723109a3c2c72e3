// The signalling socket of a client: decodes requests, encodes responses, and limits both.
import { SignalRequest, SignalResponse } from '@livekit/protocol';
import type { RawData, WebSocket } from 'ws';
import { Budget } from '../budget.js';

/** What a socket tells its session. */
export interface SignalEvents {
  request(message: SignalRequest['message']): void;
  /** The socket is closed; `lastMessageAt` tells since when it was silent. */
  closed(): void;
}

const MAX_REQUESTS_PER_SECOND = 300;
/** Limit of requests in bytes: two of the largest metadata (512 KiB) at once; offers and answers have a few KiB. */
const REQUEST_BYTES = { burst: 1024 * 1024, perSecond: 128 * 1024 };
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Speaks protobuf, or JSON with a client that sends JSON, as livekit-server does. */
export class SignalConnection {
  readonly #socket: WebSocket;
  readonly #events: SignalEvents;
  readonly #requestBytes = new Budget(REQUEST_BYTES);
  #useJson = false;
  #closed = false;
  #windowStart = 0;
  #windowCount = 0;
  #lastMessageAt = Date.now();

  constructor(socket: WebSocket, events: SignalEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#finish());
  }

  get closed(): boolean {
    return this.#closed;
  }

  get lastMessageAt(): number {
    return this.#lastMessageAt;
  }

  send(message: SignalResponse['message']): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#socket.terminate();
      return;
    }
    const response = new SignalResponse({ message });
    this.#socket.send(this.#useJson ? response.toJsonString() : response.toBinary());
  }

  /** Closes after pending messages were sent; cuts off a client that does not answer within 2 s. */
  close(): void {
    if (this.#socket.readyState === this.#socket.CLOSED) return;
    this.#socket.close(1000);
    const timer = setTimeout(() => this.#socket.terminate(), 2000);
    timer.unref();
    this.#socket.once('close', () => clearTimeout(timer));
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#closed) return;
    this.#lastMessageAt = Date.now();
    if (this.#lastMessageAt - this.#windowStart > 1000) {
      this.#windowStart = this.#lastMessageAt;
      this.#windowCount = 0;
    }
    this.#windowCount += 1;
    const bytes = bytesOf(data);
    const isFlood = this.#windowCount > MAX_REQUESTS_PER_SECOND;
    if (isFlood || !this.#requestBytes.take(bytes.length)) {
      this.#socket.terminate();
      return;
    }
    const request = decode(bytes, isBinary);
    if (!request) {
      this.close();
      return;
    }
    this.#useJson = !isBinary;
    this.#events.request(request.message);
  }

  #finish(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.closed();
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
}

function decode(bytes: Buffer, isBinary: boolean): SignalRequest | undefined {
  try {
    return isBinary
      ? SignalRequest.fromBinary(bytes)
      : SignalRequest.fromJsonString(bytes.toString('utf8'), { ignoreUnknownFields: true });
  } catch {
    return undefined;
  }
}
