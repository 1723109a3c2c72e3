/** Recordings in a folder of this machine. */
import { constants, createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ObjectStore } from '../domain/ports/object-store.js';

/** Keeps every object as a file under `folder`, which is made when the first is written. */
export function openFolderObjectStore(folder: string): ObjectStore {
  const pathOf = (name: string): string => {
    if (!/^[\w-][\w./-]*$/.test(name) || name.includes('..')) throw new Error('bad object name');
    return join(folder, name);
  };
  return {
    async write(name, offset, bytes) {
      const path = pathOf(name);
      await mkdir(dirname(path), { recursive: true });
      // No flag of letters both creates and keeps what is there without ignoring the offset.
      const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
      try {
        await file.write(bytes, 0, bytes.byteLength, offset);
      } finally {
        await file.close();
      }
    },
    async size(name) {
      const info = await stat(pathOf(name)).catch(() => null);
      return info?.size ?? 0;
    },
    read(name, start, end) {
      const stream = createReadStream(pathOf(name), { start, end });
      return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
    },
    async remove(name) {
      await rm(pathOf(name), { force: true });
    },
  };
}
