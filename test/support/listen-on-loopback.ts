/** Servers of a test's own. */
import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port of 127.0.0.1, and answers where: `http://127.0.0.1:…`. */
export async function listenOnLoopback(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
