/** An endpoint of a customer, on loopback: keeps what is posted, and answers as it is told. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { listenOnLoopback } from './listen-on-loopback.js';
import type { WebhookEvent } from '../../sdk/wire/webhook.js';

/** One POST. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: WebhookEvent;
}

/** How it answers; without a word of it, with 200. */
export type Answering = (response: ServerResponse, received: Received) => void;

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** Of the calls alone, verifications left out. */
  events(): Received[];
  answer: Answering;
  close(): Promise<void>;
}

const WELL: Answering = (response) => void response.end('{"ok":true}');

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const server = createServer((request, response) => {
    void readAll(request).then(
      (body) => {
        const event = JSON.parse(body) as WebhookEvent;
        const one = { path: request.url ?? '', headers: request.headers, body, event };
        receiver.received.push(one);
        receiver.answer(response, one);
      },
      // Its sender was killed in the middle.
      () => undefined,
    );
  });
  const receiver: WebhookReceiver = {
    url: `${await listenOnLoopback(server)}/hooks`,
    received: [],
    events: () => receiver.received.filter(({ event }) => event.event_type !== 'verification'),
    answer: WELL,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
