/** Listens for requests, and stops in order: no new ones, the open ones finished, then the sockets. */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AddressInfo } from 'node:net';

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
}

/** Resolves once the port is bound; rejects with the system's error when it cannot be. */
export function listen(options: ListenOptions): Promise<Listening> {
  const handle = getRequestListener((request, env) => options.fetch(request, env));
  let isRetiring = false;
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 10_000 },
    (incoming, outgoing) => {
      if (isRetiring) outgoing.setHeader('connection', 'close');
      void handle(incoming, outgoing);
    },
  );
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
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

function close(server: ReturnType<typeof createServer>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
