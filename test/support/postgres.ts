/** A PostgreSQL server of the test's own, where the machine has its programs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TestPostgres {
  url: string;
  stop(): void;
}

/** The folder of `initdb` and `pg_ctl`, or `null` where PostgreSQL is not installed. */
export function postgresBin(): string | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const newest = readdirSync(root).sort((a, b) => Number(b) - Number(a))[0];
  const bin = newest ? join(root, newest, 'bin') : null;
  return bin && existsSync(join(bin, 'initdb')) ? bin : null;
}

/** Starts it on a socket in a folder of its own: no port is taken, nobody else gets in. */
export function startPostgres(bin: string): TestPostgres {
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
  const options = `-c listen_addresses='' -k ${folder} -F`;
  run('pg_ctl', ['-D', data, '-w', '-o', options, '-l', join(folder, 'log'), 'start']);
  return {
    url: `postgresql://test@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
