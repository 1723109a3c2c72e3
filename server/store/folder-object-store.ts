/** The object store on disk: each recording is a file. */
import { constants } from 'node:fs';
import { access, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { assertObjectName } from './object-name.js';
import { ObjectStoreError } from './object-store-error.js';
import type { OpenObjectStore } from './open-object-store.js';

/**
 * Keeps every object as a file under `folder`, which is created with the first object. Rejects with `ObjectStoreError`.
 */
export function openFolderObjectStore(folder: string): OpenObjectStore {
  const pathOf = (name: string): string => {
    assertObjectName(name);
    return join(folder, name);
  };
  return {
    write: (name, offset, bytes) => withStoreErrors(() => writeAt(pathOf(name), offset, bytes)),
    async size(name) {
      const info = await stat(pathOf(name)).catch(() => null);
      return info?.size ?? 0;
    },
    read: (name, start, end) =>
      withStoreErrors(async () => {
        const file = await open(pathOf(name), 'r');
        const stream = file.createReadStream({ start, end });
        return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
      }),
    remove: (name) => withStoreErrors(() => rm(pathOf(name), { force: true })),
    ping: () =>
      withStoreErrors(async () => {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.R_OK | constants.W_OK);
      }),
  };
}

async function writeAt(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // By number: the flag 'r+' fails when there is no file, 'a' ignores the offset, and 'w' truncates.
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    // When the disk fills up, a write takes a part of the bytes, and only the next one fails.
    for (let done = 0; done < bytes.byteLength;) {
      done += (await file.write(bytes, done, bytes.byteLength - done, offset + done)).bytesWritten;
    }
  } finally {
    await file.close();
  }
}

/** Turns errors of the file system into `ObjectStoreError`. */
async function withStoreErrors<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const isOfSystem = error instanceof Error && 'code' in error;
    throw isOfSystem ? ObjectStoreError.folder(error) : error;
  }
}
