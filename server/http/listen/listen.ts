/** Listens for requests, and stops in order: no new ones, the open ones finished, then the sockets. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { answerUnread, rawRefusal } from './unread-request.js';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A server that listens. */
export interface Listening {
  port: number;
  /** From now on every answer closes its connection, so that proxies stop reusing them. */
  retire(): void;
  /** Resolves when every request under way is answered, or after `graceMs` in any case. */
  close(graceMs: number): Promise<void>;
}

/** Where to listen, and what answers. */
export interface ListenOptions {
  host: string;
  /** 0 chooses a free one. */
  port: number;
  fetch(request: Request, env: unknown): Response | Promise<Response>;
  timeouts?: Partial<ListenTimeouts>;
}

/** Milliseconds. */
export interface ListenTimeouts {
  /** For the headers of a request, or for the first one of a connection. Default 10,000. */
  headersMs: number;
  /** For a whole request. Default 30,000. */
  requestMs: number;
  /** Interval at which connections are checked against these limits. Default 1,000, where Node's is 30,000. */
  checkEveryMs: number;
}

/**
 * Proxies keep a connection for sixty seconds (nginx's upstreams, load balancers of clouds): one that is closed here first may be
 * used at that very moment, and the request is lost.
 */
const IDLE_MS = 75_000;
const TIMEOUTS: ListenTimeouts = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 1_000 };
/** How long a refused socket stays open, so that the client can read why even if it goes on sending. */
const LINGER_MS = 500;

/** Resolves once the port is bound; rejects with the system's error when it cannot be. */
export function listen(options: ListenOptions): Promise<Listening> {
  const handle = getRequestListener((request, env) => options.fetch(request, env), {
    errorHandler: answerUnread,
  });
  const { headersMs, requestMs, checkEveryMs } = { ...TIMEOUTS, ...options.timeouts };
  const underWay = new WeakMap<Duplex, ServerResponse>();
  let isRetiring = false;
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { socket } = incoming;
    underWay.set(socket, outgoing);
    outgoing.once('close', () => underWay.delete(socket));
    if (isRetiring) outgoing.setHeader('connection', 'close');
    void handle(incoming, outgoing);
  };
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkEveryMs,
    keepAliveTimeout: IDLE_MS,
    // Node's own check is off, because `answerUnread` refuses with the documented error body.
    requireHostHeader: false,
  });
  server.on('request', answer);
  // An unknown `Expect` header may be ignored; Node would refuse it with an undocumented body.
  server.on('checkExpectation', answer);
  refuseUnread(server, underWay);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        retire: () => {
          isRetiring = true;
        },
        close: (graceMs) => close(server, graceMs),
      });
    });
  });
}

/** Tells what is wrong with a request that Node could not read, unless an answer has begun; then the socket goes. */
function refuseUnread(server: Server, underWay: WeakMap<Duplex, ServerResponse>): void {
  const refused = new WeakSet<Duplex>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (refused.has(socket)) return;
    refused.add(socket);
    if (!socket.writable || underWay.get(socket)?.headersSent) {
      socket.destroy();
      return;
    }
    socket.end(rawRefusal(error.code));
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
