/** Takes the data folder for one start command: makes it, proves it writable, locks it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeLockFile } from '../locks/lock-file.js';
import { StartError } from './start-error.js';

/** Returns the function that gives the folder back. Throws a `StartError`. */
export function takeDataFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = takeLockFile(join(folder, 'start.pid'));
    if (lock.holder !== null) throw StartError.dataFolderInUse(folder, lock.holder);
    return lock.release;
  } catch (error) {
    throw error instanceof StartError ? error : StartError.dataFolderUnwritable(folder, error);
  }
}
