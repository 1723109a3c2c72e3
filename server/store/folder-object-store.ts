/** Recordings in a folder of this machine. */
import { constants } from 'node:fs';
import { access, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { assertObjectName } from './object-name.js';
import { ObjectStoreError } from './object-store-error.js';
import type { OpenObjectStore } from './open-object-store.js';

/** Keeps every object as a file under `folder`, which is made when the first is written. */
export function openFolderObjectStore(folder: string): OpenObjectStore {
  const pathOf = (name: string): string => {
    assertObjectName(name);
    return join(folder, name);
  };
  return {
    write: (name, offset, bytes) => told(() => writeAt(pathOf(name), offset, bytes)),
    async size(name) {
      const info = await stat(pathOf(name)).catch(() => null);
      return info?.size ?? 0;
    },
    read: (name, start, end) =>
      told(async () => {
        const file = await open(pathOf(name), 'r');
        const stream = file.createReadStream({ start, end });
        return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
      }),
    async remove(name) {
      await rm(pathOf(name), { force: true });
    },
    ping: () =>
      told(async () => {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.R_OK | constants.W_OK);
      }),
  };
}

async function writeAt(path: string, offset: number, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // No flag of letters both creates and keeps what is there without ignoring the offset.
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    // A disk that fills up takes a part, and says so only when it is given the rest.
    for (let done = 0; done < bytes.byteLength;) {
      done += (await file.write(bytes, done, bytes.byteLength - done, offset + done)).bytesWritten;
    }
  } finally {
    await file.close();
  }
}

async function told<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const isOfSystem = error instanceof Error && 'code' in error;
    throw isOfSystem ? ObjectStoreError.folder(error) : error;
  }
}
