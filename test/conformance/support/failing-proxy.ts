/** Stands between a client and a media server and fails as livekit-server's own mock server for SDK tests can. */
import { createServer, request as send } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LeaveRequest, SignalRequest, SignalResponse } from '@livekit/protocol';
import type { LeaveRequest_Action } from '@livekit/protocol';
import WebSocket, { WebSocketServer } from 'ws';
import type { MediaServer } from './media-server.js';

/** How one signalling connection fails; a number refuses the upgrade and its validation with that status. */
export type Failure =
  | 'none'
  | 'no-first-message'
  | 'no-pong'
  | 'hurried'
  | 'close-before-join'
  | 'close-when-connected'
  | 'drop-when-connected'
  | 'drop-on-close'
  | 'validate-hangs'
  | 'no-room'
  | number
  | { readonly leave: LeaveRequest_Action; readonly when: 'first' | 'connected' };

const SERVER_ERROR = 1011;

/** A proxy for one client; its connections fail in the order given and then no more. */
export class FailingProxy {
  /** The paths that were asked for, in order. */
  readonly paths: string[] = [];
  /** The tokens that signalling connections brought, in order. */
  readonly tokens: string[] = [];
  /** How many pings the client has sent. */
  pings = 0;
  readonly #target: MediaServer;
  readonly #failures: Failure[];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #upgrades = new WebSocketServer({ noServer: true });
  #failure: Failure = 'none';
  #strike = (): void => undefined;

  private constructor(target: MediaServer, failures: Failure[]) {
    this.#target = target;
    this.#failures = failures;
    this.#server = createServer((request, response) => {
      this.paths.push(pathOf(request));
      if (this.#failure === 'validate-hangs') return;
      response.setHeader('access-control-allow-origin', '*');
      const refusal = refusalOf(this.#failure);
      if (refusal) {
        response.writeHead(refusal.status).end(refusal.words);
        return;
      }
      const { method, headers } = request;
      const onwards = send(target.httpUrl + (request.url ?? '/'), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onwards.on('error', () => response.destroy());
      request.pipe(onwards);
    });
    this.#server.on('upgrade', (request, socket: Socket, head) => {
      this.#upgrade(request, socket, head);
    });
  }

  static async open(target: MediaServer, ...failures: Failure[]): Promise<FailingProxy> {
    const proxy = new FailingProxy(target, failures);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many signalling connections were tried. */
  get connections(): number {
    return this.paths.filter((path) => path === '/rtc' || path === '/rtc/v1').length;
  }

  /** Lets happen what happens only to connected clients. */
  strike(): void {
    this.#strike();
  }

  /** Cuts every open signalling connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    this.paths.push(pathOf(request));
    const query = new URL(request.url ?? '/', 'http://proxy').searchParams;
    this.tokens.push(query.get('access_token') ?? '');
    const failure = this.#failures.shift() ?? 'none';
    this.#failure = failure;
    socket.on('error', () => undefined);
    const refusal = refusalOf(failure);
    if (refusal || failure === 'validate-hangs') {
      const status = refusal?.status ?? 500;
      socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    this.#upgrades.handleUpgrade(request, socket, head, (client) => {
      this.#relay(client, socket, request, failure);
    });
  }

  #relay(client: WebSocket, socket: Socket, request: IncomingMessage, failure: Failure): void {
    client.on('error', () => undefined);
    if (failure === 'close-before-join') return client.close(SERVER_ERROR);
    if (typeof failure === 'object' && failure.when === 'first') {
      client.send(leave(failure.leave));
      return;
    }
    // rtc-node brings its token in a header, a browser in the address.
    const { authorization } = request.headers;
    const server = new WebSocket(this.#target.wsUrl + (request.url ?? '/'), {
      headers: authorization ? { authorization } : {},
    });
    const early: WebSocket.RawData[] = [];
    server.on('error', () => client.terminate());
    server.once('open', () => {
      for (const message of early) server.send(message);
    });
    client.on('message', (message: Buffer) => {
      if (SignalRequest.fromBinary(message).message.case === 'pingReq') this.pings += 1;
      if (server.readyState === WebSocket.OPEN) server.send(message);
      else early.push(message);
    });
    server.on('message', (message: Buffer) => {
      const response = SignalResponse.fromBinary(message);
      const kind = response.message.case;
      if (failure === 'no-first-message') return;
      if (failure === 'no-pong' && (kind === 'pong' || kind === 'pongResp')) return;
      const isHurried = failure === 'no-pong' || failure === 'hurried';
      client.send(isHurried ? hurried(response) : message);
      if (kind === 'join') this.#strike = () => fail(client, socket, failure);
    });
    // The receiver tells of a close frame before it is answered.
    if (failure === 'drop-on-close') client.close = () => socket.destroy();
    client.once('close', () => server.terminate());
    server.once('close', (code) => {
      if (code === 1006) client.terminate();
      else client.close(code === 1005 ? 1000 : code);
    });
    socket.once('close', () => server.terminate());
  }
}

/** The status and the words of a failure that refuses, as the mock server has them. */
function refusalOf(failure: Failure): { status: number; words: string } | null {
  if (failure === 'no-room') return { status: 404, words: 'requested room does not exist' };
  return typeof failure === 'number' ? { status: failure, words: 'refused by the test' } : null;
}

function fail(client: WebSocket, socket: Socket, failure: Failure): void {
  if (failure === 'close-when-connected') client.close(SERVER_ERROR);
  else if (failure === 'drop-when-connected') socket.destroy();
  else if (typeof failure === 'object') client.send(leave(failure.leave));
}

function leave(action: LeaveRequest_Action): Uint8Array {
  const value = new LeaveRequest({ action });
  return new SignalResponse({ message: { case: 'leave', value } }).toBinary();
}

/** Lets the client ping every second and miss a pong after three, as the mock server does. */
function hurried(response: SignalResponse): Uint8Array {
  if (response.message.case === 'join') {
    response.message.value.pingInterval = 1;
    response.message.value.pingTimeout = 3;
  }
  return response.toBinary();
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://proxy').pathname;
}
