/** Opens the place of the recordings: a folder of this machine, or an S3-compatible store. */
import { openFolderObjectStore } from './folder-object-store.js';
import { openS3ObjectStore } from './s3-object-store.js';
import type { ObjectStore } from '../domain/ports/object-store.js';
import type { S3Options } from './s3-client.js';

/** An object store that can be asked whether it is there. */
export interface OpenObjectStore extends ObjectStore {
  /** Rejects with an `ObjectStoreError`, or with the folder's own error. */
  ping(): Promise<void>;
}

/** Nothing is asked or made before it is needed; `folder` is not used where `s3` is given. */
export function openObjectStore(folder: string, s3: S3Options | null): OpenObjectStore {
  return s3 ? openS3ObjectStore(s3) : openFolderObjectStore(folder);
}
