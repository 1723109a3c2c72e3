/** One process at a time for a folder: PGlite does not notice a second one, and both would spoil the data. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './store-error.js';

/** Returns what gives the folder back; a process that died holds nothing. Throws a `StoreError`. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'database.pid');
  try {
    writeFileSync(file, markOf(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const mark = read(file);
    const pid = Number.parseInt(mark, 10);
    if (isAlive(pid) && mark === markOf(pid)) throw StoreError.folderInUse(pid);
    writeFileSync(file, markOf(process.pid));
  }
  return () => rmSync(file, { force: true });
}

/** A number is given again to another process; on Linux the time of its start tells them apart. */
function markOf(pid: number): string {
  const afterName = read(`/proc/${pid}/stat`).split(') ').at(-1) ?? '';
  return `${pid} ${afterName.split(' ')[19] ?? ''}`;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
