/** Receives webhooks and checks them with livekit-server-sdk's own WebhookReceiver. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookReceiver } from 'livekit-server-sdk';
import type { WebhookEvent } from 'livekit-server-sdk';
import { API_KEY, API_SECRET } from './media-server.js';

/** A listening receiver; `fail` makes it answer 500 that many times. */
export class WebhookSink {
  readonly events: WebhookEvent[] = [];
  readonly faults: string[] = [];
  readonly contentTypes = new Set<string>();
  fail = 0;
  readonly #server: Server;

  private constructor() {
    const receiver = new WebhookReceiver(API_KEY, API_SECRET);
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        this.contentTypes.add(request.headers['content-type'] ?? '');
        if (this.fail > 0) {
          this.fail -= 1;
          response.writeHead(500).end();
          return;
        }
        receiver
          .receive(Buffer.concat(parts).toString('utf8'), request.headers.authorization)
          .then((event) => this.events.push(event))
          .catch((error: unknown) => this.faults.push(String(error)))
          .finally(() => response.end());
      });
    });
  }

  static async open(): Promise<WebhookSink> {
    const sink = new WebhookSink();
    await new Promise<void>((resolve) => {
      sink.#server.listen(0, '127.0.0.1', resolve);
    });
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** The events of one room, as `event identity` lines. */
  story(room: string): string[] {
    return this.events
      .filter((event) => event.room?.name === room)
      .map((event) => [event.event, event.participant?.identity].filter(Boolean).join(' '));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
