/** Runs a real @livekit/agents worker, written from public documentation alone, as its own process. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.mjs';
import { waitFor } from '../../support/wait-for.js';
import type { MediaServer } from './media-server.js';

const AGENT = fileURLToPath(new URL('../fixtures/tone-agent.mjs', import.meta.url));

/** A worker whose agent is called `tone`. */
export interface WorkerProcess {
  /** Everything it has printed. */
  said(): string;
  /** Ends it without a goodbye. */
  kill(): Promise<void>;
}

/** Starts a worker and waits until it says that the server has registered it. */
export async function startWorker(server: MediaServer): Promise<WorkerProcess> {
  const child = spawn(process.execPath, [AGENT, 'start'], {
    // In a group of its own: the processes of its jobs outlive it otherwise.
    detached: true,
    env: {
      ...process.env,
      LIVEKIT_URL: server.wsUrl,
      LIVEKIT_API_KEY: server.apiKey,
      LIVEKIT_API_SECRET: server.apiSecret,
      WORKER_PORT: String(await freePort()),
    },
  });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  child.stderr.on('data', (part) => (text += String(part)));
  await waitFor(() => text.includes('registered worker'), {
    what: 'the registration',
    timeoutMs: 30_000,
  });
  return {
    said: () => text,
    kill: () =>
      new Promise((resolve) => {
        const { pid } = child;
        if (pid === undefined || child.exitCode !== null || child.signalCode !== null) {
          return resolve();
        }
        child.once('exit', () => resolve());
        process.kill(-pid, 'SIGKILL');
      }),
  };
}
