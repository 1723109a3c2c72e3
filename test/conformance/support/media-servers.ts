/** The two servers that every file of the suite runs against. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe } from 'vitest';
import { livekitServerAtHand } from '../../../scripts/livekit/livekit-server.mjs';
import { loopbackConfig } from '../../../scripts/livekit/loopback-config.mjs';
import { freePort } from '../../support/free-port.mjs';
import { waitFor } from '../../support/wait-for.js';
import { API_KEY, API_SECRET } from './media-server.js';
import type { MediaServer, MediaServerKind, MediaServerOptions } from './media-server.js';
import { WebhookSink } from './webhook-sink.js';

const EMBEDDED = fileURLToPath(new URL('../../../dist/server/embedded/main.js', import.meta.url));
const LIVEKIT = livekitServerAtHand();

/** For `describe.each`; most files want `describeMediaServers` instead. */
export const mediaServers: readonly MediaServerKind[] = [
  { name: 'embedded', missing: null, start: (options) => startServer('embedded', options) },
  {
    name: 'livekit',
    missing: LIVEKIT ? null : 'no livekit-server is installed: `npm run livekit` brings one',
    start: (options) => startServer('livekit', options),
  },
];

/**
 * Defines the same tests for each server, with one process a file: `server()` inside a test is the running one.
 * A server that this machine does not have is left out, with one line that says why.
 */
export function describeMediaServers(
  title: string,
  define: (server: () => MediaServer) => void,
  options: MediaServerOptions = {},
): void {
  for (const kind of mediaServers) {
    if (kind.missing) console.log(`${title}: left out on ${kind.name}, because ${kind.missing}.`);
    describe.skipIf(kind.missing !== null)(`${title} · ${kind.name}`, () => {
      let running: MediaServer | undefined;
      beforeAll(async () => {
        running = await kind.start(options);
      });
      afterAll(async () => {
        await running?.stop();
      });
      define(() => {
        if (!running) throw new Error('The media server is up only while a test runs.');
        return running;
      });
    });
  }
}

async function startServer(
  name: MediaServer['name'],
  options: MediaServerOptions = {},
): Promise<MediaServer> {
  const [freeTcp, udpPort] = await Promise.all([freePort(), freePort()]);
  const port = options.port ?? freeTcp;
  const webhooks = await WebhookSink.open();
  const webhookUrl = options.webhookUrl ?? webhooks.url;
  const { program, args, env } =
    name === 'embedded' ? embedded(port, webhookUrl) : livekit(port, udpPort, webhookUrl);
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env } });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  child.stderr.on('data', (part) => (text += String(part)));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const httpUrl = `http://127.0.0.1:${port}`;
  await waitFor(async () => (await fetch(httpUrl)).ok, { what: `${name}: ${text}` });
  return {
    name,
    port,
    pid: child.pid ?? 0,
    httpUrl,
    wsUrl: `ws://127.0.0.1:${port}`,
    apiKey: API_KEY,
    apiSecret: API_SECRET,
    webhooks,
    output: () => text,
    isRunning,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (isRunning()) {
        child.kill('SIGKILL');
        await ended;
      }
      await webhooks.close();
    },
  };
}

interface Program {
  readonly program: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

function embedded(port: number, webhookUrl: string): Program {
  return {
    program: process.execPath,
    args: [EMBEDDED],
    env: {
      LIVEKIT_API_KEY: API_KEY,
      LIVEKIT_API_SECRET: API_SECRET,
      EMBEDDED_PORT: String(port),
      EMBEDDED_WEBHOOK_URL: webhookUrl,
    },
  };
}

function livekit(port: number, udpPort: number, webhookUrl: string): Program {
  if (!LIVEKIT) throw new Error('No livekit-server is installed.');
  const keys = { apiKey: API_KEY, apiSecret: API_SECRET };
  const config = loopbackConfig({ ...keys, port, udpPort, tcpPort: 0, webhookUrl });
  return { program: LIVEKIT, args: [], env: { LIVEKIT_CONFIG: JSON.stringify(config) } };
}
