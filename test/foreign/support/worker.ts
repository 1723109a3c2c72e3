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

/** Starts it in a process group of its own and waits until the media server has registered it. */
export async function startWorker(
  { program, args, cwd }: WorkerCommand,
  env: Record<string, string>,
): Promise<Worker> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
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
  await waitFor(() => /registered worker/.test(text), {
    what: 'the registration of a worker',
    timeoutMs: 60_000,
  }).catch(async (error: unknown) => {
    await stop();
    throw new Error(`the worker did not register: ${text}`, { cause: error });
  });
  return { said: () => text, stop };
}
