/** The only place that knows every part: wires them and hands out what the process needs. */
import { hkdfSync, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createAnalyst } from './analysis/create-analyst.js';
import { DEMO_WORDS, readDemoAgent } from './demo/demo-agent.js';
import { demoPage, ensureDemo } from './demo/ensure-demo.js';
import { followAgentFile, readAgentFile } from './demo/follow-agent-file.js';
import { createDomain } from './domain/create-domain.js';
import { healthProbes } from './health-probes.js';
import { createApp } from './http/create-app.js';
import { signRecordingLink } from './http/links/recording-link.js';
import { createMemoryRateLimiter } from './http/rate-limit/rate-limit.js';
import { createSharedRateLimiter } from './http/rate-limit/shared-rate-limit.js';
import { createLivekitMedia } from './livekit/livekit-media.js';
import { createRoomListener } from './livekit/room-listener.js';
import { readWebhook, verifyWebhook } from './livekit/webhook.js';
import { createWebhookSender } from './network/webhook-sender.js';
import { StartFault } from './start-fault.js';
import { openObjectStore } from './store/open-object-store.js';
import { openStore } from './store/open-store.js';
import { callLoops } from './workers/call-loops.js';
import { claimedLoop } from './workers/claimed-loop.js';
import { createHealthWatch } from './workers/health-watch.js';
import { runLoop } from './workers/run-loop.js';
import type { Logger } from 'pino';
import type { FirstRun } from './demo/ensure-demo.js';
import type { FiledAgent, FollowedFile } from './demo/follow-agent-file.js';
import type { Domain } from './domain/create-domain.js';
import type { HealthProbes } from './health-probes.js';
import type { RateLimiter } from './http/rate-limit/rate-limit.js';
import type { LivekitConfig } from './livekit/livekit-config.js';
import type { ServerConfig } from './server-config.js';
import type { OpenStore } from './store/open-store.js';
import type { HealthWatch } from './workers/health-watch.js';
import type { LoopSpec } from './workers/run-loop.js';

const RETRY_MS = 500;
/** A collector that is away does not hold up the end of the process. */
const LAST_SPANS_MS = 500;
/** What `/readyz` adds while the process waits for its last requests. */
const RETIRED = {
  process: { ok: false, reason: 'stopping', detail: 'This process was told to stop.' },
};

/** The server, ready to answer and to be stopped. */
export interface Composed {
  app: ReturnType<typeof createApp>;
  /** Resolves when the database is there and the background work has begun. */
  begin(): Promise<FirstRun | null>;
  /** From now on the server says that it is not ready, and goes on serving. */
  retire(): void;
  /** Ends the calls that are open with their true end reason; for a machine that stops as a whole. */
  endOpenCalls(): Promise<number>;
  /** Stops the background work, for other processes to take over, and closes the database. */
  close(): Promise<void>;
}

/** How the server is put together. */
export interface ComposeOptions {
  /** PostgreSQL may come after the server has begun to listen; otherwise its absence is a start fault. */
  databaseMayWait: boolean;
  /** One line for whoever writes the agent's file. */
  tell(line: string): void;
  /** What nothing in this process can mend. */
  crash(error: Error): void;
}

/** Makes the domain and builds the app. */
export async function compose(
  config: ServerConfig,
  log: Logger,
  { databaseMayWait, tell, crash }: ComposeOptions,
): Promise<Composed> {
  const { dataDir, databaseUrl, agentFile } = config;
  if (agentFile !== null) checkAgentFile(agentFile);
  let health: HealthWatch<keyof HealthProbes> | null = null;
  const onFault = (): void => health?.doubt('database');
  const database = databaseUrl ? { databaseUrl, mayWait: databaseMayWait, onFault } : {};
  const store = await openStore({ dataDir, onEnd: crash, ...database }).catch((cause: unknown) => {
    throw StartFault.database(databaseUrl, cause);
  });
  const tracer = config.tracing
    ? await (
        await import('./tracing/open-tracer.js')
      ).openTracer(config.tracing, (sentence) => log.warn(sentence))
    : undefined;
  const livekit: LivekitConfig = config.livekit;
  const objects = openObjectStore(join(dataDir, 'recordings'), config.s3);
  const demoAgent = readDemoAgent();
  const clock = { now: () => new Date() };
  const roomListener = createRoomListener(livekit, log);
  const domain = createDomain({
    store,
    media: createLivekitMedia(livekit),
    objects,
    clock,
    roomListener,
    analyst: createAnalyst(config.analysisModel),
    isProviderConfigured: (part, name) =>
      name === 'openai_compatible'
        ? config.compatibleServers.includes(part)
        : name === 'offline' || config.providers.includes(name),
    agentName: config.agentName,
    mediaUrl: config.livekit.publicUrl,
    webhooks: createWebhookSender({ allowsPrivate: config.allowPrivateWebhookHosts }),
    recordingLink: (callId, until) =>
      config.publicUrl + signRecordingLink(linkSecretOf(config), callId, until),
    ...(tracer ? { tracer } : {}),
    prices: config.prices,
    redactFields: config.redactFields,
  });
  const probes = healthProbes(store, objects, livekit);
  const watch = (health = createHealthWatch(probes, log));
  const stopping = new AbortController();
  // Each background loop waits with it; Node takes more than ten for a leak, and says so to the operator.
  setMaxListeners(0, stopping.signal);
  const holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  const claim = (spec: LoopSpec): LoopSpec => claimedLoop(spec, store, holder);
  let isRetired = false;
  let loops: Promise<unknown> = Promise.resolve();
  let filed: FollowedFile | null = null;
  const app = appOf(config, log, domain, {
    store,
    watch,
    limiter: databaseUrl ? createSharedRateLimiter(store) : createMemoryRateLimiter(),
    isRetired: () => isRetired,
    filedAgent: () => filed?.agent() ?? null,
  });
  return {
    app,
    begin: async () => {
      await watch.look();
      const watching = watch.run(stopping.signal);
      const firstRun = await whenOpen(store, stopping.signal, () =>
        ensureDemo({ store, clock }, { agent: demoAgent, origins: config.ownOrigins }),
      );
      const page = agentFile === null ? null : await demoPage(store);
      if (agentFile !== null && page) {
        const owner = () => domain.authenticate(page.publishable_key);
        filed = await followAgentFile(agentFile, domain, owner, tell);
      }
      const specs = callLoops(domain, claim);
      loops = Promise.all([watching, ...specs.map((it) => runLoop(it, stopping.signal, log))]);
      // The first call's agent greets sooner than this is loaded.
      roomListener.prepare();
      return firstRun;
    },
    retire: () => {
      isRetired = true;
      // Whoever follows a call goes on at another process.
      domain.stopFollowing();
    },
    endOpenCalls: () => domain.endOpenCalls('server stopped'),
    close: async () => {
      stopping.abort();
      await filed?.stop();
      await loops;
      await domain.stopWebhooks();
      await tracer?.close(LAST_SPANS_MS);
      await domain.stopListening();
      await store.dropLeases(holder).catch(() => undefined);
      await store.close();
    },
  };
}

/** Runs once the database answers; the watch tells why it does not. */
async function whenOpen<T>(
  store: OpenStore,
  signal: AbortSignal,
  run: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      await store.ping();
      return await run();
    } catch (error) {
      if (signal.aborted || !(error instanceof Error) || error.name !== 'StoreError') throw error;
    }
    await wait(RETRY_MS, undefined, { signal });
  }
}

/** Before the first run makes keys, which are shown once. */
function checkAgentFile(path: string): void {
  try {
    readAgentFile(path);
  } catch (cause) {
    throw StartFault.agentFile(cause);
  }
}

interface Running {
  store: OpenStore;
  watch: HealthWatch<keyof HealthProbes>;
  limiter: RateLimiter;
  isRetired(): boolean;
  filedAgent(): FiledAgent | null;
}

function appOf(
  config: ServerConfig,
  log: Logger,
  domain: Domain,
  { store, watch, limiter, isRetired, filedAgent }: Running,
): ReturnType<typeof createApp> {
  return createApp({
    verbs: domain,
    limiter,
    isMediaReady: () => watch.isOk('livekit'),
    webhook: {
      verify: (authorization) => verifyWebhook(config.livekit, authorization),
      read: readWebhook,
    },
    linkSecret: linkSecretOf(config),
    log,
    publicUrl: config.publicUrl,
    ownOrigins: config.ownOrigins,
    trustedProxies: config.trustedProxies,
    health: {
      checks: () => Promise.resolve({ ...watch.results(), ...(isRetired() ? RETIRED : {}) }),
      count: () => domain.countStored(),
      metricsToken: config.metricsToken,
    },
    pages: {
      bundleDir: builtFolder('bundle'),
      consoleDir: builtFolder('console'),
      demo: async () => {
        const demo = await demoPage(store);
        if (!demo) return null;
        const { publishable_key: publishableKey } = demo;
        const filed = filedAgent();
        return filed
          ? { agentId: filed.id, agentName: filed.title, hint: '', publishableKey }
          : { agentId: demo.agent_id, ...DEMO_WORDS, publishableKey };
      },
    },
  });
}

/** `dist/<name>`, seen from the built server beside it. */
function builtFolder(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function linkSecretOf({ livekit }: ServerConfig): string {
  return deriveSecret(livekit.apiSecret, 'recording-links');
}

/** Every server process of the same LiveKit derives the same, so that any may check what another signed. */
function deriveSecret(secret: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `dialnexa/${purpose}`, 32)).toString('hex');
}
