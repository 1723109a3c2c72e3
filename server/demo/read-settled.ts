/** Reads a file that somebody may be writing: half of it may make sense as well. */
import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Whoever writes a file does not pause for longer. */
const SETTLED_MS = 300;
/** A file that was last written so long ago is not being written, however coarse its file system's clock is. */
const OLD_MS = 3_000;

/** What was made of a file, or what was thrown; `mark` is another one once the file has changed. */
export type Settled<T> = { mark: string; value: T } | { mark: string; error: unknown };

/**
 * Reads once the file has been left alone for a moment, and again where it was written meanwhile. `read` may throw of what
 * it finds. `null` when `signal` ends the wait.
 */
export async function readSettled<T>(
  path: string,
  read: () => T,
  signal: AbortSignal,
  pause: (ms: number) => Promise<unknown> = (ms) =>
    wait(ms, undefined, { signal }).catch(() => undefined),
): Promise<Settled<T> | null> {
  for (;;) {
    const { mark, writtenAt } = look(path);
    if (Date.now() - writtenAt < OLD_MS) await pause(SETTLED_MS);
    if (signal.aborted) return null;
    if (look(path).mark !== mark) continue;
    const outcome = tried(read);
    if (look(path).mark === mark) return { mark, ...outcome };
  }
}

function tried<T>(read: () => T): { value: T } | { error: unknown } {
  try {
    return { value: read() };
  } catch (error) {
    return { error };
  }
}

/** A file that is not there may be about to be put there, as editors do. */
function look(path: string): { mark: string; writtenAt: number } {
  try {
    const { dev, ino, size, mtimeNs, mtimeMs } = statSync(path, { bigint: true });
    return { mark: [dev, ino, size, mtimeNs].join(' '), writtenAt: Number(mtimeMs) };
  } catch (cause) {
    return { mark: String((cause as NodeJS.ErrnoException).code), writtenAt: Date.now() };
  }
}
