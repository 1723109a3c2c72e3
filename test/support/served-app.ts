/** The app over fake verbs on a port of its own, with the built bundles: for pages in a real browser. */
import { fileURLToPath } from 'node:url';
import { listen } from '../../server/http/listen/listen.js';
import type { Domain } from '../../server/domain/create-domain.js';
import { testApp } from './test-app.js';

/** A server that can be reached. */
export interface ServedApp {
  url: string;
  close: () => Promise<void>;
}

/** The bundles must have been built. `close` rejects when an answer was not as documented. */
export async function serveApp(verbs: Partial<Domain> = {}): Promise<ServedApp> {
  const built = (folder: string) => fileURLToPath(new URL(`../../dist/${folder}`, import.meta.url));
  const pages = {
    bundleDir: built('bundle'),
    consoleDir: built('console'),
    demo: () => Promise.resolve(null),
  };
  const { app } = testApp(verbs, { pages });
  const faults: unknown[] = [];
  const server = await listen({
    host: '127.0.0.1',
    port: 0,
    fetch: async (request) => {
      try {
        return await app.fetch(request);
      } catch (fault) {
        faults.push(fault);
        throw fault;
      }
    },
  });
  const close = async () => {
    await server.close(0);
    if (faults.length > 0) throw new AggregateError(faults, 'answers were not as documented');
  };
  return { url: `http://127.0.0.1:${server.port}`, close };
}
