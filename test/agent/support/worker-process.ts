/** Starts the agent worker as its own process, the way it ships. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { API_KEY, API_SECRET } from '../../embedded/support/embedded-process.js';
import { modelsDir } from '../../support/models.js';

const MAIN = fileURLToPath(new URL('../../../dist/server/agent/main.js', import.meta.url));

/** A registered worker. */
export interface WorkerProcess {
  child: ChildProcess;
  /** In the environment of the worker and of every process that it starts. */
  mark: string;
  output(): string;
  /** Sends a signal and resolves when it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Forks a worker; resolves once it is registered with the media server. */
export async function startWorker(
  env: { LIVEKIT_URL: string; DIALNEXA_SERVER_URL: string } & Record<string, string>,
): Promise<WorkerProcess> {
  const mark = `worker-${process.pid}-${Math.random().toString(36).slice(2)}`;
  const child = fork(MAIN, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      VOICE_MODELS_DIR: modelsDir,
      LIVEKIT_API_KEY: API_KEY,
      LIVEKIT_API_SECRET: API_SECRET,
      TEST_MARK: mark,
      // Of a test's single call, others that load beside it only slow it down.
      AGENT_SPARE_PROCESSES: '1',
      ...env,
    },
  });
  let text = '';
  child.stdout?.on('data', (part) => (text += String(part)));
  child.stderr?.on('data', (part) => (text += String(part)));
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if ((message as { type?: string }).type === 'ready') resolve();
    });
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${text}`)));
  });
  return {
    child,
    mark,
    output: () => text,
    stop: (signal = 'SIGTERM') =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) {
          resolve();
          return;
        }
        child.once('exit', () => resolve());
        child.kill(signal);
      }),
  };
}
