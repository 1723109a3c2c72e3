/** A network without wires: every connection ends at one endpoint on loopback, wherever it was to go. */
import type { LookupAddress } from 'node:dns';
import { Agent } from 'node:http';
import { connect, isIP } from 'node:net';
import type { TcpNetConnectOpts } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Resolve } from '../../server/network/private-addresses.js';

/** Connections to a port of this machine; `to` are the addresses that they were to go to. */
export class Wires extends Agent {
  readonly to: string[] = [];
  readonly #port: number;

  constructor(port: number) {
    super();
    this.#port = port;
  }

  override createConnection(
    options: TcpNetConnectOpts,
    done: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    options.lookup?.(options.host ?? '', { all: true }, (error, found) => {
      if (error) return done(error);
      this.to.push(...(found as LookupAddress[]).map(({ address }) => address));
      done(null, connect(this.#port, '127.0.0.1'));
    });
  }
}

/** A resolver that answers the first list the first time, the second the second time, and so on. */
export function resolverOf(...answers: readonly string[][]): Resolve & { asked: () => number } {
  let asked = 0;
  const resolve: Resolve = (_name, _options, callback) => {
    const found = answers[asked++] ?? [];
    callback(
      null,
      found.map((address) => ({ address, family: isIP(address) })),
    );
  };
  return Object.assign(resolve, { asked: () => asked });
}
