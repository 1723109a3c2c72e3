/** A killed npm cannot pass its signal on: notices that npm, or the shell between, is gone. */
import { readFileSync } from 'node:fs';

/** Calls `end` once the parent or the parent's parent is not what it was. */
export function endWithAncestors(end: () => void): void {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    end();
  }, 500);
  timer.unref();
}

function ancestors(): string {
  return `${String(process.ppid)} ${parentOf(process.ppid)}`;
}

/** Linux tells; elsewhere the own parent has to do. */
function parentOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
