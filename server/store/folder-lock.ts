/**
 * The lock of PGlite's folder. PGlite does not notice a second process on its folder, and two would corrupt the data.
 */
import { join } from 'node:path';
import { takeLockFile } from '../locks/lock-file.js';
import { StoreError } from './store-error.js';

/**
 * Locks the folder for this process; returns the function that unlocks it. Throws `StoreError` when another process
 * holds it.
 */
export function lockFolder(folder: string): () => void {
  const lock = takeLockFile(join(folder, 'database.pid'));
  if (lock.holder !== null) throw StoreError.folderInUse(lock.holder);
  return lock.release;
}
