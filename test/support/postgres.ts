/** A PostgreSQL server of the test's own, where the machine has its programs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { withChildren } from './processes.js';

export interface TestPostgres {
  url: string;
  /** The same database for its user `guarded`, who needs a password; the role is the test's to make. */
  guardedUrl(password: string): string;
  /** Ends every connection and refuses new ones until it is back; how long it stays away, in ms. */
  restart(awayMs?: number): Promise<void>;
  /** Lets it stand still, connections and all, until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): void;
}

/**
 * Starts it on a socket in a folder of its own: no port is taken, nobody else gets in. `isDurable`: it writes to the disk
 * before it says so, as in production.
 */
export function startPostgres(bin: string, isDurable = false): TestPostgres {
  const folder = mkdtempSync(join(tmpdir(), 'dialnexa-pg-'));
  const asRoot = process.getuid?.() === 0;
  const run = (program: string, args: string[]): void => {
    const command = join(bin, program);
    // PostgreSQL refuses to run as root.
    if (asRoot) execFileSync('runuser', ['-u', 'postgres', '--', command, ...args], { cwd: '/' });
    else execFileSync(command, args);
  };
  if (asRoot) {
    const id = Number(execFileSync('id', ['-u', 'postgres']).toString());
    chmodSync(folder, 0o755);
    chownSync(folder, id, id);
  }
  const data = join(folder, 'data');
  run('initdb', ['-D', data, '-U', 'test', '-A', 'trust', '--no-sync', '-E', 'UTF8']);
  const rules = join(data, 'pg_hba.conf');
  writeFileSync(rules, `local all guarded scram-sha-256\n${readFileSync(rules, 'utf8')}`);
  const options = `-c listen_addresses='' -k ${folder}${isDurable ? '' : ' -F'}`;
  const start = (): void => {
    run('pg_ctl', ['-D', data, '-w', '-o', options, '-l', join(folder, 'log'), 'start']);
  };
  start();
  const signalAll = (signal: NodeJS.Signals): void => {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    for (const one of withChildren(pid)) signalIfAlive(one, signal);
  };
  const place = `localhost/postgres?host=${encodeURIComponent(folder)}`;
  return {
    url: `postgresql://test@${place}`,
    guardedUrl: (password) => `postgresql://guarded:${password}@${place}`,
    restart: async (awayMs = 0) => {
      run('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop']);
      await wait(awayMs);
      start();
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    stop: () => {
      signalAll('SIGCONT');
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A connection's process may end of itself after it was listed. */
function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
