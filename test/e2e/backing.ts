/** What the product under test stands on, chosen by `E2E_MEDIA` (embedded, livekit) and `E2E_DATABASE` (pglite, postgres). */
import type { MediaServer } from '../conformance/support/media-server.js';
import { mediaServers } from '../conformance/support/media-servers.js';
import { findPostgres } from '../support/postgres-server.mjs';
import { startPostgres, type TestPostgres } from '../support/postgres.js';

const media = process.env.E2E_MEDIA ?? 'embedded';
const database = process.env.E2E_DATABASE ?? 'pglite';
const livekit = mediaServers.find((kind) => kind.name === 'livekit');
const postgresBin = findPostgres();

/** What runs beside the product, in place of what it would start itself. */
export interface Backing {
  /** The environment that names it: empty when the product has everything itself. */
  env: Record<string, string>;
  /** The media server, `null` when the product starts its own. */
  media: MediaServer | null;
  /** Kills the media server and starts it again in the same place. */
  crashMedia: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts what was chosen; `webhookUrl` is where the product will listen. */
export async function startBacking(webhookUrl: string): Promise<Backing> {
  assertThere();
  const postgres: TestPostgres | null =
    database === 'postgres' ? startPostgres(postgresBin ?? '') : null;
  let server = media === 'livekit' ? ((await livekit?.start({ webhookUrl })) ?? null) : null;
  return {
    env: {
      ...(postgres ? { DATABASE_URL: postgres.url } : {}),
      ...(server
        ? {
            LIVEKIT_URL: server.wsUrl,
            LIVEKIT_API_KEY: server.apiKey,
            LIVEKIT_API_SECRET: server.apiSecret,
          }
        : {}),
    },
    get media() {
      return server;
    },
    crashMedia: async () => {
      if (!server) throw new Error('the product starts its own media server');
      const { port } = server;
      await server.stop();
      server = (await livekit?.start({ webhookUrl, port })) ?? null;
    },
    stop: async () => {
      await server?.stop();
      postgres?.stop();
    },
  };
}

/** What was asked for by name is not left out in silence. */
function assertThere(): void {
  if (!['embedded', 'livekit'].includes(media)) throw new Error(`E2E_MEDIA is ${media}`);
  if (!['pglite', 'postgres'].includes(database)) throw new Error(`E2E_DATABASE is ${database}`);
  if (media === 'livekit' && livekit?.missing) throw new Error(livekit.missing);
  if (database === 'postgres' && !postgresBin) throw new Error('PostgreSQL is not installed');
}
