/** Runs a worker that somebody else wrote, as its own process. */
import { spawn } from 'node:child_process';
import { waitFor } from '../../support/wait-for.js';

/** How a worker is started. */
export interface WorkerCommand {
  program: string;
  args: string[];
  cwd?: string;
}

/** A registered worker. */
export interface Worker {
  said: () => string;
  stop: () => Promise<void>;
}

/** Starts it in a process group of its own and waits until the media server has registered it and a process of it is warm. */
export async function startWorker(
  { program, args, cwd }: WorkerCommand,
  env: Record<string, string>,
): Promise<Worker> {
  const child = spawn(program, args, {
    env: { ...process.env, LOG_LEVEL: 'debug', ...env },
    ...(cwd ? { cwd } : {}),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', (part) => (text += String(part)));
  child.stderr.on('data', (part) => (text += String(part)));
  const stop = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  // Registered it takes jobs, but a caller who waits for its process to load may be told that nobody came.
  const isReady = (): boolean => /registered worker/.test(text) && /\w initialized/.test(text);
  await waitFor(isReady, {
    what: 'a worker that is registered and warm',
    timeoutMs: 120_000,
  }).catch(async (error: unknown) => {
    await stop();
    throw new Error(`the worker did not get ready: ${text}`, { cause: error });
  });
  return { said: () => text, stop };
}
