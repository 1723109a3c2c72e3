/** Lets one process at a time fill a cache folder; the others wait and then find it filled. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const everyMs = 500;

/** Runs `work` while holding the folder's lock. The lock of a process that died is taken over. */
export async function withCacheLock(folder, say, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  let told = false;
  while (!take(folder, lock)) {
    const owner = read(lock);
    if (owner && !isAlive(owner)) {
      clear(lock, owner);
      continue;
    }
    if (!told)
      say(`Waiting for process ${parseInt(owner, 10)}, which is fetching livekit-server …`);
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

/** Linking makes the lock appear together with its owner. */
function take(folder, lock) {
  const draft = join(folder, `lock-${process.pid}`);
  writeFileSync(draft, `${process.pid} ${birthOf(process.pid)}`);
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

/** Another waiter may have been quicker and hold the lock by now: then it is given back. */
function clear(lock, deadOwner) {
  const aside = `${lock}-dead-${process.pid}`;
  try {
    renameSync(lock, aside);
    if (read(aside) !== deadOwner) linkSync(aside, lock);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(lock) {
  try {
    return readFileSync(lock, 'utf8').trim();
  } catch {
    return '';
  }
}

function isAlive(owner) {
  const [pid, birth = ''] = owner.split(' ');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  // The number may be somebody else's by now; Linux can tell.
  return birth === '' || birth === birthOf(pid);
}

/** When a process began, in the kernel's ticks; empty where nobody tells. */
function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
