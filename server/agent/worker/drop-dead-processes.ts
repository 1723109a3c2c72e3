/** Keeps the framework from giving a call to a process that died while it waited for one, and from missing that process. */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';

/** What the framework holds of a process that waits. */
interface Waiting {
  proc: { isAlive: boolean };
  /** Lets another process be started in its place. */
  unlock(): void;
}

/** The framework's processes, of its version 1.9.0. */
interface ProcPool {
  warmedProcQueue: { items: Waiting[] };
  start(): void;
}

const AGENTS = import.meta.resolve('@livekit/agents');

/**
 * For every worker of this process that is not running yet. The framework keeps the dead in its queue: each of them would take
 * one call along, and none would be replaced before. Rejects with another version, whose queue is not known.
 */
export async function dropDeadProcesses(): Promise<void> {
  const file = new URL('ipc/proc_pool.js', AGENTS);
  const { ProcPool } = (await import(file.href)) as { ProcPool: { prototype: ProcPool } };
  const { prototype } = ProcPool;

  const start = prototype.start;
  prototype.start = function (this: ProcPool) {
    subscribe('child_process', (message) => {
      const { process: child } = message as { process: ChildProcess };
      child.once('exit', () => drop(this));
    });
    start.call(this);
  };
}

function drop({ warmedProcQueue: queue }: ProcPool): void {
  const dead = queue.items.filter(({ proc }) => !proc.isAlive);
  queue.items = queue.items.filter(({ proc }) => proc.isAlive);
  for (const { unlock } of dead) unlock();
}
