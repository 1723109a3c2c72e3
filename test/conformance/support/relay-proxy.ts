/** Leads a client's signalling and all of its datagrams through the test, which can then lose the datagrams. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  JoinRequest,
  SignalRequest,
  SignalResponse,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from '@livekit/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import { UdpRelay } from './udp-relay.js';

/** One proxy in front of one server, for clients that speak `/rtc/v1`. */
export class RelayProxy {
  readonly #target: string;
  readonly #relay = new UdpRelay();
  readonly #http = createServer((_, response) => response.writeHead(404).end());
  readonly #sockets = new WebSocketServer({ server: this.#http });

  private constructor(target: string) {
    this.#target = target;
    this.#sockets.on('connection', (client, request) => this.#join(client, request.url ?? '/'));
  }

  /** `target` is the server's WebSocket address. */
  static async open(target: string): Promise<RelayProxy> {
    const proxy = new RelayProxy(target);
    await new Promise<void>((resolve) => {
      proxy.#http.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Loses every datagram from now on, or no longer. */
  lose(lost: boolean): void {
    this.#relay.lost = lost;
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#relay.close();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #join(client: WebSocket, path: string): void {
    const server = new WebSocket(this.#target + withoutCandidates(path));
    const early: Uint8Array[] = [];
    client.on('message', (data: Buffer) => {
      const request = SignalRequest.fromBinary(data);
      // The server must learn of no other way to the client than the relay.
      if (request.message.case === 'trickle') return;
      if (request.message.case === 'offer') strip(request.message.value);
      if (server.readyState === WebSocket.OPEN) server.send(request.toBinary());
      else early.push(request.toBinary());
    });
    server.once('open', () => {
      for (const bytes of early) server.send(bytes);
    });
    let order = Promise.resolve();
    server.on('message', (data: Buffer) => {
      order = order.then(async () => {
        client.send(await this.#relayed(data));
      });
    });
    for (const socket of [client, server]) socket.on('error', () => undefined);
    client.once('close', () => server.close());
    server.once('close', () => client.close());
  }

  async #relayed(data: Buffer): Promise<Uint8Array> {
    const response = SignalResponse.fromBinary(data);
    const { message } = response;
    if (message.case === 'answer') message.value.sdp = await this.#relay.rewrite(message.value.sdp);
    if (message.case === 'trickle') {
      message.value.candidateInit = await this.#relay.rewrite(message.value.candidateInit);
    }
    return response.toBinary();
  }
}

function strip(description: { sdp: string }): void {
  description.sdp = description.sdp.replace(/a=(candidate:|end-of-candidates).*\r\n/g, '');
}

/** The first offer travels in the address. */
function withoutCandidates(path: string): string {
  const url = new URL(path, 'http://proxy');
  const text = url.searchParams.get('join_request');
  if (!text) return path;
  const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(text, 'base64'));
  const isPlain = wrapped.compression === WrappedJoinRequest_Compression.NONE;
  const request = JoinRequest.fromBinary(
    isPlain ? wrapped.joinRequest : gunzipSync(wrapped.joinRequest),
  );
  if (request.publisherOffer) strip(request.publisherOffer);
  const plain = new WrappedJoinRequest({ joinRequest: request.toBinary() });
  url.searchParams.set('join_request', Buffer.from(plain.toBinary()).toString('base64'));
  return `${url.pathname}${url.search}`;
}
