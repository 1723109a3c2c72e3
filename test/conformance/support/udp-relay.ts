/** Carries the datagrams between clients and a media server, and can lose them all. */
import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';

const CANDIDATE = /127\.0\.0\.1 (\d+) typ host/g;

/** One door for each port of the server; behind it a socket for each client, as a NAT has. */
export class UdpRelay {
  readonly #doors = new Map<number, Promise<Socket>>();
  readonly #sockets = new Set<Socket>();
  /** Whether every datagram is lost. */
  lost = false;

  /** The same candidates, led through the relay. */
  async rewrite(text: string): Promise<string> {
    const ports = [...new Set([...text.matchAll(CANDIDATE)].map((match) => Number(match[1])))];
    const doors = new Map<number, number>();
    for (const port of ports) doors.set(port, (await this.#door(port)).address().port);
    return text.replace(CANDIDATE, (_, port: string) => {
      return `127.0.0.1 ${doors.get(Number(port))} typ host`;
    });
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
    this.#sockets.clear();
  }

  #door(port: number): Promise<Socket> {
    const known = this.#doors.get(port);
    if (known) return known;
    const opened = this.#openDoor(port);
    this.#doors.set(port, opened);
    return opened;
  }

  async #openDoor(port: number): Promise<Socket> {
    const behind = new Map<number, Promise<Socket>>();
    const door: Socket = await this.#bind((data, from) => {
      if (this.lost) return;
      let inner = behind.get(from.port);
      if (!inner) {
        inner = this.#bind((answer) => {
          if (!this.lost) door.send(answer, from.port, from.address);
        });
        behind.set(from.port, inner);
      }
      void inner.then((socket) => {
        socket.send(data, port, '127.0.0.1');
      });
    });
    return door;
  }

  async #bind(take: (data: Buffer, from: RemoteInfo) => void): Promise<Socket> {
    const socket = createSocket('udp4', take);
    this.#sockets.add(socket);
    await new Promise<void>((resolve) => {
      socket.bind(0, '127.0.0.1', resolve);
    });
    return socket;
  }
}
