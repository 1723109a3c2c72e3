/** The server on a chosen media server, without a worker of ours: somebody else's answers its calls. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Call } from '../../../sdk/wire/call.js';
import type { MediaServer, MediaServerKind } from '../../conformance/support/media-server.js';
import { freePort } from '../../support/free-port.mjs';
import { copyPgliteTemplate } from '../../support/pglite-template.mjs';

const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url));

/** A running server and its media server. */
export interface OpenProduct {
  url: string;
  media: MediaServer;
  publishableKey: string;
  agentId: string;
  /** What a worker is started with. */
  workerEnv: Record<string, string>;
  call: (id: string) => Promise<Call>;
  stop: () => Promise<void>;
}

interface Ready {
  type: string;
  first_run?: { publishable_key: string; secret_key: string; agent_id: string };
}

/** Starts both; jobs go to whoever registers as `agentName`. */
export async function openProduct(kind: MediaServerKind, agentName: string): Promise<OpenProduct> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'web-call-foreign-'));
  copyPgliteTemplate(dataDir);
  const media = await kind.start({ webhookUrl: `${url}/livekit/webhook` });
  const livekit = {
    LIVEKIT_URL: media.wsUrl,
    LIVEKIT_API_KEY: media.apiKey,
    LIVEKIT_API_SECRET: media.apiSecret,
  };
  const child = fork(main, {
    env: {
      ...process.env,
      ...livekit,
      PORT: String(port),
      DATA_DIR: dataDir,
      AGENT_NAME: agentName,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const keys = await new Promise<NonNullable<Ready['first_run']>>((resolve, reject) => {
    child.on('message', (message: Ready) => {
      if (message.first_run) resolve(message.first_run);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    url,
    media,
    publishableKey: keys.publishable_key,
    agentId: keys.agent_id,
    workerEnv: { ...livekit, FOREIGN_AGENT_NAME: agentName },
    call: async (id) => {
      const headers = { authorization: `Bearer ${keys.secret_key}` };
      return (await (await fetch(`${url}/v1/calls/${id}`, { headers })).json()) as Call;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      await media.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
