/** A file that names the one process which may go on. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** What came of asking for the lock. */
export type Lock = { holder: null; release: () => void } | { holder: number };

/** Takes the lock, or answers the number of the process that has it; one that died holds nothing. Throws what writing throws. */
export function takeLockFile(file: string): Lock {
  const mine = markOf(process.pid);
  try {
    writeFileSync(file, mine, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const mark = read(file);
    const pid = Number.parseInt(mark, 10);
    if (isAlive(pid) && mark === markOf(pid)) return { holder: pid };
    writeFileSync(file, mine);
  }
  return { holder: null, release: () => rmSync(file, { force: true }) };
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
