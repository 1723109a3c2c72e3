/** Lets one process at a time fill a cache folder; the others wait and then find it filled. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const everyMs = 500;

/** Runs `work` while holding the folder's lock. The lock of a process that died is taken over. */
export async function withCacheLock(folder, say, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  let told = false;
  while (!take(folder, lock)) {
    const owner = ownerOf(lock);
    if (owner && !isAlive(owner)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!told) say(`Waiting for process ${owner}, which is fetching livekit-server …`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** Linking makes the lock appear together with its owner's number. */
function take(folder, lock) {
  const draft = join(folder, `lock-${process.pid}`);
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
