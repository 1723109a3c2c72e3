/** Starts the embedded media server as its own process, the way it ships, on a free port. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/free-port.mjs';
import { API_KEY, API_SECRET } from '../../conformance/support/media-server.js';
import { waitFor } from '../../support/wait-for.js';

export { API_KEY, API_SECRET };

const MAIN = fileURLToPath(new URL('../../../dist/server/embedded/main.js', import.meta.url));

/** A running media server. */
export interface EmbeddedProcess {
  readonly wsUrl: string;
  readonly httpUrl: string;
  readonly port: number;
  readonly child: ChildProcess;
  output(): string;
  /** Sends SIGTERM and resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server and waits for its ready line; `env` adds to or replaces its settings. */
export async function startEmbedded(env: Record<string, string> = {}): Promise<EmbeddedProcess> {
  const port = Number(env['EMBEDDED_PORT'] ?? (await freePort()));
  const { child, output } = spawnEmbedded({ EMBEDDED_PORT: String(port), ...env });
  await waitFor(() => output().includes('"ready"'), { what: `readiness: ${output()}` });
  return {
    wsUrl: `ws://127.0.0.1:${port}`,
    httpUrl: `http://127.0.0.1:${port}`,
    port,
    child,
    output,
    stop: () => exitOf(child, 'SIGTERM'),
  };
}

/** Starts the process without waiting for it. */
export function spawnEmbedded(env: Record<string, string>): {
  child: ChildProcess;
  output: () => string;
} {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      LIVEKIT_API_KEY: API_KEY,
      LIVEKIT_API_SECRET: API_SECRET,
      ...env,
    },
  });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  child.stderr.on('data', (part) => (text += String(part)));
  return { child, output: () => text };
}

/** Waits for a process to end, after a signal if one is given. */
export function exitOf(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode);
      return;
    }
    child.once('exit', (code) => resolve(code));
    if (signal) child.kill(signal);
  });
}
