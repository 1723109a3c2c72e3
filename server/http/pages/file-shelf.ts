/** Files as they are sent: in the smallest form that the browser reads, named by a hash of what it holds. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Stats } from 'node:fs';
import type { Encoding } from '../request/accepted-encodings.js';

const gzipped = promisify(gzip);

/** Below this many bytes a copy saves no packet. */
const WORTH_IT = 1_024;
const SUFFIX: Record<Encoding, string> = { br: '.br', gzip: '.gz' };

/** A file, or a copy of it, ready to be sent. */
export interface SentFile {
  /** `null`: as it is. */
  encoding: Encoding | null;
  etag: string;
  /** Bytes to be sent. */
  size: number;
  open(): ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
}

interface Known {
  stamp: string;
  hash: Promise<string>;
  gzipped: Promise<Uint8Array<ArrayBuffer>> | null;
}

/** Remembers what it has once read of each file, until the file changes. */
export class FileShelf {
  readonly #known = new Map<string, Known>();

  /**
   * The first of `encodings` of which the build left a copy beside the file (`.br`, `.gz`); where it left none, as a quick
   * one does and packages of others do, gzip, made once and kept. `null` when there is no such file.
   */
  async find(path: string, encodings: readonly Encoding[]): Promise<SentFile | null> {
    const plain = await fileAt(path);
    if (!plain) return null;
    if (plain.size < WORTH_IT) return this.#onDisk(path, plain, null);
    for (const encoding of encodings) {
      const copy = `${path}${SUFFIX[encoding]}`;
      const info = await fileAt(copy);
      if (info) return this.#onDisk(copy, info, encoding);
    }
    return encodings.includes('gzip') ? this.#made(path, plain) : this.#onDisk(path, plain, null);
  }

  async #onDisk(path: string, info: Stats, encoding: Encoding | null): Promise<SentFile> {
    return {
      encoding,
      etag: `"${await this.#read(path, info).hash}"`,
      size: info.size,
      open: () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
    };
  }

  async #made(path: string, info: Stats): Promise<SentFile> {
    const known = this.#read(path, info);
    known.gzipped ??= readFile(path).then((bytes) => gzipped(bytes, { level: 9 }));
    known.gzipped.catch(() => this.#known.delete(path));
    const [hash, bytes] = await Promise.all([known.hash, known.gzipped]);
    return { encoding: 'gzip', etag: `"${hash}-gzip"`, size: bytes.length, open: () => bytes };
  }

  /** What is known of the file while it stays the same. Times alone would not do: npm gives every file the same one. */
  #read(path: string, info: Stats): Known {
    const stamp = [info.size, info.mtimeMs, info.ctimeMs, info.ino].join();
    const known = this.#known.get(path);
    if (known?.stamp === stamp) return known;
    const hash = readFile(path).then(hashOf);
    // Whoever asks next tries again.
    hash.catch(() => this.#known.delete(path));
    const read = { stamp, hash, gzipped: null };
    this.#known.set(path, read);
    return read;
  }
}

async function fileAt(path: string): Promise<Stats | null> {
  const info = await stat(path).catch(() => null);
  return info?.isFile() ? info : null;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
}
