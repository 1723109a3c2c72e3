/** A small load balancer: sends each request, once, to a process whose `/readyz` says that it is ready. */
import { Agent, createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  /** Requests that no process answered, in words; a real balancer would have shown a page of its own. */
  readonly lost: string[];
  /** How each path was answered: `POST /livekit/webhook 200` → how often. */
  readonly answered: Map<string, number>;
  add(url: string): void;
  remove(url: string): void;
  /** Those that are ready now. */
  ready(): string[];
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 100;

export async function startBalancer(): Promise<Balancer> {
  const backends = new Map<string, boolean>();
  const lost: string[] = [];
  const answered = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  const ready = (): string[] => [...backends].flatMap(([url, isReady]) => (isReady ? [url] : []));
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const what = `${incoming.method ?? ''} ${(incoming.url ?? '').replaceAll(/\/call_\w+/g, '/…')}`;
    const choice = ready();
    turn += 1;
    const target = choice[turn % choice.length];
    const fail = (why: string): void => {
      lost.push(`${what}: ${why}`);
      outgoing.writeHead(502).end();
    };
    if (!target) {
      incoming.resume();
      fail('nobody is ready');
      return;
    }
    const { method, headers } = incoming;
    const onward = forward(
      `${target}${incoming.url ?? ''}`,
      { ...(method ? { method } : {}), headers, agent },
      (answer) => {
        const line = `${what} ${answer.statusCode ?? 0}`;
        answered.set(line, (answered.get(line) ?? 0) + 1);
        // Of the way behind it: what it says of idle connections does not hold of those in front.
        const { connection: _hop, 'keep-alive': _too, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', (error) => fail(error.message));
    incoming.pipe(onward);
  });
  // A client that is slow to use a connection again finds it there.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const look = async (url: string): Promise<void> => {
    const isReady = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })
      .then((answer) => answer.ok)
      // One that is slow to say so is as it was.
      .catch((error: unknown) => (Object(error).name === 'TimeoutError' ? null : false));
    if (backends.has(url) && isReady !== null) backends.set(url, isReady);
  };
  const looking = setInterval(() => {
    for (const url of backends.keys()) void look(url);
  }, LOOK_EVERY_MS);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lost,
    answered,
    ready,
    add: (url) => {
      if (!backends.has(url)) backends.set(url, false);
    },
    remove: (url) => void backends.delete(url),
    close: () =>
      new Promise((resolve) => {
        clearInterval(looking);
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
