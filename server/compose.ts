/** The only place that knows every part: wires them and hands out what the process needs. */
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDomain } from './domain/create-domain.js';
import { createApp } from './http/create-app.js';
import { createLivekitMedia } from './livekit/livekit-media.js';
import { listRooms } from './livekit/room-service.js';
import { verifyWebhook } from './livekit/webhook.js';
import { StartFault } from './start-fault.js';
import { openFolderObjectStore } from './store/folder-object-store.js';
import { openStore } from './store/open-store.js';
import { callLoops } from './workers/call-loops.js';
import { runLoop } from './workers/run-loop.js';
import type { Logger } from 'pino';
import type { Domain } from './domain/create-domain.js';
import type { Check } from './http/routes/health.js';
import type { LivekitConfig } from './livekit/livekit-config.js';
import type { ServerConfig } from './server-config.js';

/** What was made on the first run; shown once and never again. */
export interface FirstRun {
  publishable_key: string;
  secret_key: string;
  agent_id: string;
}

/** The server, ready to answer and to be stopped. */
export interface Composed {
  app: ReturnType<typeof createApp>;
  firstRun: FirstRun | null;
  startWorkers(): void;
  /** Ends the calls that are open with their true end reason; for a machine that stops as a whole. */
  endOpenCalls(): Promise<void>;
  /** Stops the loops and closes the database. */
  close(): Promise<void>;
}

/** Opens the database, makes the domain and builds the app. */
export async function compose(config: ServerConfig, log: Logger): Promise<Composed> {
  if (config.s3) throw StartFault.notYet('S3_BUCKET', 'recordings are kept in DATA_DIR');
  const { dataDir, databaseUrl } = config;
  const store = await openStore({ dataDir, ...(databaseUrl ? { databaseUrl } : {}) }).catch(
    (cause: unknown) => {
      throw StartFault.database(config.databaseUrl, cause);
    },
  );
  const livekit: LivekitConfig = config.livekit;
  const domain = createDomain({
    store,
    media: createLivekitMedia(livekit),
    objects: openFolderObjectStore(join(config.dataDir, 'recordings')),
    clock: { now: () => new Date() },
    isProviderConfigured: (name) => name === 'offline' || config.providers.includes(name),
    agentName: config.agentName,
    mediaUrl: config.livekit.publicUrl,
  });
  const ownOrigins = originsOf(config);
  const firstRun = await domain.ensureDemo({ origins: ownOrigins });
  const app = appOf(config, log, domain, livekit, ownOrigins, () => store.ping());
  const stopping = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();
  return {
    app,
    firstRun,
    startWorkers: () => {
      loops = Promise.all(callLoops(domain).map((loop) => runLoop(loop, stopping.signal, log)));
    },
    endOpenCalls: () => domain.endOpenCalls('server stopped'),
    close: async () => {
      stopping.abort();
      await loops;
      await store.close();
    },
  };
}

function appOf(
  config: ServerConfig,
  log: Logger,
  domain: Domain,
  livekit: LivekitConfig,
  ownOrigins: readonly string[],
  ping: () => Promise<void>,
): ReturnType<typeof createApp> {
  return createApp({
    verbs: domain,
    verifyWebhook: (body, authorization) => verifyWebhook(livekit, body, authorization),
    linkSecret: deriveSecret(config.livekit.apiSecret, 'recording-links'),
    log,
    publicUrl: config.publicUrl,
    ownOrigins,
    trustedProxies: config.trustedProxies,
    health: {
      checks: async () => ({
        database: await check(ping, 'The database does not answer.'),
        livekit: await check(
          () => reach(livekit),
          'LiveKit cannot be reached, or refuses the key.',
        ),
      }),
      countCalls: () => domain.countCalls(),
      metricsToken: config.metricsToken,
    },
    pages: {
      bundleDir: builtFolder('bundle'),
      consoleDir: builtFolder('console'),
      demo: async () => {
        const demo = await domain.demoPage();
        if (!demo) return null;
        const { agent_id: agentId, publishable_key: publishableKey } = demo;
        return { agentId, agentName: 'the bicycle workshop', publishableKey };
      },
    },
  });
}

/** `dist/<name>`, seen from the built server beside it. */
function builtFolder(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

/** Every server process of the same LiveKit derives the same, so that any may check what another signed. */
function deriveSecret(secret: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `dialnexa/${purpose}`, 32)).toString('hex');
}

function originsOf(config: ServerConfig): string[] {
  const local = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${config.port}`);
  return [...new Set([new URL(config.publicUrl).origin, ...local])];
}

async function reach(livekit: LivekitConfig): Promise<void> {
  await listRooms({ ...livekit, timeoutMs: 2_000 }, ['no-such-room']);
}

async function check(run: () => Promise<unknown>, detail: string): Promise<Check> {
  try {
    await run();
    return { ok: true };
  } catch {
    return { ok: false, detail };
  }
}
