/** Passes TCP connections on to a media server, untouched, until a test cuts those that asked for one path. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { MediaServer } from './media-server.js';

/** A proxy before one server, for clients that a test does not speak for itself. */
export class TcpProxy {
  readonly #server: Server;
  readonly #open = new Map<Socket, string>();
  readonly #asked: string[] = [];

  private constructor(target: number) {
    this.#server = createServer((client) => {
      const onwards = connect(target, '127.0.0.1');
      client.once('data', (head) => {
        const path = /^\w+ ([^ ?]*)/.exec(head.toString('latin1'))?.[1] ?? '';
        this.#asked.push(path);
        this.#open.set(client, path);
        onwards.write(head);
        client.pipe(onwards).pipe(client);
      });
      client.once('close', () => {
        this.#open.delete(client);
        onwards.destroy();
      });
      for (const socket of [client, onwards]) socket.on('error', () => client.destroy());
    });
  }

  static async open(target: Pick<MediaServer, 'port'>): Promise<TcpProxy> {
    const proxy = new TcpProxy(target.port);
    await new Promise<void>((resolve) => {
      proxy.#server.listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many connections have asked for `path`, open or not. */
  count(path: string): number {
    return this.#asked.filter((one) => one === path).length;
  }

  /** Cuts the newest connection that asked for `path`, if it is still open; says whether it was. */
  cutNewest(path: string): boolean {
    const newest = [...this.#open].findLast(([, asked]) => asked === path)?.[0];
    newest?.destroy();
    return newest !== undefined;
  }

  async close(): Promise<void> {
    for (const socket of this.#open.keys()) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
