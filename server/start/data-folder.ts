/** Takes the data folder for one start command: makes it, proves it writable, locks it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.js';

/** Returns the function that gives the folder back. Throws a `StartError`. */
export function takeDataFolder(folder: string): () => void {
  const lock = join(folder, 'start.pid');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const holder = holderOf(lock);
    if (holder !== null) throw StartError.dataFolderInUse(folder, holder);
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw StartError.dataFolderUnwritable(folder, error);
  }
  return () => {
    rmSync(lock, { force: true });
  };
}

function holderOf(lock: string): number | null {
  const pid = Number(readOr(lock, ''));
  if (!pid || pid === process.pid || !isAlive(pid)) return null;
  // After a crash the number may belong to somebody else by now; Linux can tell.
  const command = readOr(`/proc/${String(pid)}/cmdline`, 'start.mjs');
  return command.includes('start.mjs') ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOr(file: string, fallback: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return fallback;
  }
}
