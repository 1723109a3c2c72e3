/** A killed npm cannot pass its signal on: notices that npm, or the shell between, is gone. */
import { readFileSync } from 'node:fs';

const everyMs = 500;

/** Calls `end` once the parent or the parent's parent is not what it was when this was called. */
export function endWithAncestors(end) {
  const before = ancestors();
  const timer = setInterval(() => {
    if (ancestors() === before) return;
    clearInterval(timer);
    end();
  }, everyMs);
  timer.unref();
}

function ancestors() {
  return `${process.ppid} ${parentOf(process.ppid)}`;
}

/** Linux tells; elsewhere the own parent has to do. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
  } catch {
    return '';
  }
}
