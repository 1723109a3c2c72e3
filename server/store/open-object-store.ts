/** Opens the object store of the recordings: a folder of this machine, or an S3-compatible store. */
import { openFolderObjectStore } from './folder-object-store.js';
import { openS3ObjectStore } from './s3-object-store.js';
import type { ObjectStore } from '../domain/ports/object-store.js';
import type { S3Options } from './s3-client.js';

/** An object store with a health check. */
export interface OpenObjectStore extends ObjectStore {
  /** Resolves when the store can be used. Rejects with an `ObjectStoreError`, or with the folder's own error. */
  ping(): Promise<void>;
}

/** Opens the store without a request: the first one comes with its first use. With `s3`, `folder` is not used. */
export function openObjectStore(folder: string, s3: S3Options | null): OpenObjectStore {
  return s3 ? openS3ObjectStore(s3) : openFolderObjectStore(folder);
}
