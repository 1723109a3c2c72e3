/** One process at a time for a folder: PGlite does not notice a second one, and both would spoil the data. */
import { join } from 'node:path';
import { takeLockFile } from '../locks/lock-file.js';
import { StoreError } from './store-error.js';

/** Returns what gives the folder back. Throws a `StoreError`. */
export function lockFolder(folder: string): () => void {
  const lock = takeLockFile(join(folder, 'database.pid'));
  if (lock.holder !== null) throw StoreError.folderInUse(lock.holder);
  return lock.release;
}
