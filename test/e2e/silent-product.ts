/** The server and the media server without an agent worker: enough to join, and nobody answers. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/free-port.js';

const dist = fileURLToPath(new URL('../../dist/server', import.meta.url));

/** Two running processes. */
export interface SilentProduct {
  url: string;
  mediaUrl: string;
  secretKey: string;
  agentId: string;
  rest: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  stop: () => Promise<void>;
}

interface Ready {
  type: 'ready';
  first_run?: { secret_key: string; agent_id: string };
}

/** Starts both on free ports with a data folder of their own. */
export async function startSilentProduct(): Promise<SilentProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), 'web-call-silent-'));
  const [port, mediaPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    LIVEKIT_URL: `ws://127.0.0.1:${mediaPort}`,
    LIVEKIT_API_KEY: 'test-key',
    LIVEKIT_API_SECRET: 'a-secret-of-this-test-alone-32-characters',
    EMBEDDED_PORT: String(mediaPort),
    EMBEDDED_WEBHOOK_URL: `${url}/livekit/webhook`,
    DIALNEXA_EMBEDDED: '1',
    PORT: String(port),
  };
  const children: ChildProcess[] = [];
  const start = (main: string): Promise<Ready> => {
    const child = fork(join(dist, main), { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    children.push(child);
    return ready(child, main);
  };
  await start('embedded/main.js');
  const { first_run: keys } = await start('main.js');
  if (!keys) throw new Error('the server did not seed its demo');
  return {
    url,
    mediaUrl: env.LIVEKIT_URL,
    secretKey: keys.secret_key,
    agentId: keys.agent_id,
    rest: async (method, path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${keys.secret_key}`,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as never;
    },
    stop: async () => {
      await Promise.all(children.map(ended));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function ready(child: ChildProcess, main: string): Promise<Ready> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') resolve(message as Ready);
    });
    child.once('exit', (code) => reject(new Error(`${main} ended with ${code}: ${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
