/** Receives webhooks, checks them with livekit-server-sdk's own WebhookReceiver, and fails when a test wants it to. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookReceiver } from 'livekit-server-sdk';
import type { WebhookEvent } from 'livekit-server-sdk';
import { API_KEY, API_SECRET } from './media-server.js';

/** How one attempt is answered; `drop` cuts the connection, a function answers by itself. */
export type SinkAnswer = number | 'drop' | ((response: ServerResponse) => void);

/** One request of the media server, whatever it was answered. */
export interface Attempt {
  readonly at: number;
  readonly event: string;
  readonly id: string;
  readonly room: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A listening receiver that answers 200 unless told otherwise. */
export class WebhookSink {
  readonly events: WebhookEvent[] = [];
  readonly attempts: Attempt[] = [];
  readonly faults: string[] = [];
  readonly contentTypes = new Set<string>();
  /** How the next attempts about a room are answered, in order. */
  readonly answers = new Map<string, SinkAnswer[]>();
  /** How many attempts are answered 500, whatever the room. */
  fail = 0;
  readonly #receiver = new WebhookReceiver(API_KEY, API_SECRET);
  #server: Server;
  #port = 0;

  private constructor() {
    this.#server = this.#newServer();
  }

  static async open(): Promise<WebhookSink> {
    const sink = new WebhookSink();
    await sink.resume();
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** Stops listening: connections are refused until `resume`. */
  async pause(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#server = this.#newServer();
  }

  /** Listens, at the same address as before. */
  async resume(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** The events of one room, as `event identity` lines. */
  story(room: string): string[] {
    return this.of(room).map((event) =>
      [event.event, event.participant?.identity].filter(Boolean).join(' '),
    );
  }

  /** The events of one room. */
  of(room: string): WebhookEvent[] {
    return this.events.filter((event) => event.room?.name === room);
  }

  /** Everything that was tried for one room. */
  tried(room: string): Attempt[] {
    return this.attempts.filter((attempt) => attempt.room === room);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #newServer(): Server {
    return createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.#take(request, Buffer.concat(parts).toString('utf8'), response).catch(
          (error: unknown) => {
            this.faults.push(String(error));
            response.end();
          },
        );
      });
    });
  }

  async #take(request: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    this.contentTypes.add(request.headers['content-type'] ?? '');
    const event = await this.#receiver.receive(body, request.headers.authorization);
    const room = event.room?.name ?? '';
    const { headers } = request;
    this.attempts.push({ at: Date.now(), event: event.event, id: event.id, room, headers, body });
    const answer = this.fail > 0 ? 500 : (this.answers.get(room)?.shift() ?? 200);
    this.fail = Math.max(0, this.fail - 1);
    if (answer === 200) this.events.push(event);
    if (answer === 'drop') response.destroy();
    else if (typeof answer === 'number') response.writeHead(answer).end();
    else answer(response);
  }
}
