/** Sentences on the disk, for all calls of a machine: a file each, that nobody ever sees half written. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Grows with every change of what a voice makes of the same words: then nothing is found that was made before. */
const MADE = 1;
const MOST_BYTES = 67_108_864;
/** Then it is made anew, as the voice speaks by then. */
const KEPT_MS = 7 * 86_400_000;
/** What was begun and not finished by then never will be. */
const UNFINISHED_MS = 60_000;
/** A hash of all that follows, when it was made, and the samples. */
const HASH_BYTES = 32;
const HEAD_BYTES = HASH_BYTES + 8;
const FINISHED = /^[0-9a-f]{64}\.pcm$/;

/** Keeps the sound of sentences. Neither of them ever rejects: without a disk there is nothing kept. */
export interface SentenceFiles {
  /** `null` when it is not there, not as it was written, or too old. */
  read(name: string): Promise<Int16Array | null>;
  /** What was asked for longest ago makes room. */
  write(name: string, samples: Int16Array): Promise<void>;
}

/** `folder` is made with the first sentence. */
export function openSentenceFiles(folder: string, mostBytes = MOST_BYTES): SentenceFiles {
  const pathOf = (name: string): string => join(folder, `${sha256(`${MADE}|${name}`).hex}.pcm`);

  return {
    async read(name) {
      const path = pathOf(name);
      const info = await stat(path).catch(() => null);
      // Of something else a call could wait for ever.
      if (!info?.isFile()) return null;
      const file = info.size > mostBytes ? null : await readFile(path).catch(() => null);
      const samples = file && samplesOf(file);
      const now = new Date();
      // By when it was asked for it makes room.
      if (samples) await utimes(path, now, now).catch(() => undefined);
      else await remove(path);
      return samples;
    },

    async write(name, samples) {
      const bytes = HEAD_BYTES + samples.byteLength;
      if (bytes > mostBytes) return;
      const unfinished = join(folder, `${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await makeRoom(folder, mostBytes - bytes);
        await writeFile(unfinished, fileOf(samples), { mode: 0o600 });
        await rename(unfinished, pathOf(name));
      } catch {
        await remove(unfinished);
      }
    },
  };
}

function fileOf(samples: Int16Array): Buffer {
  const made = Buffer.alloc(HEAD_BYTES - HASH_BYTES);
  made.writeDoubleLE(Date.now());
  const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const content = Buffer.concat([made, sound]);
  return Buffer.concat([sha256(content).bytes, content]);
}

function samplesOf(file: Buffer): Int16Array | null {
  const content = file.subarray(HASH_BYTES);
  const isWhole = file.length >= HEAD_BYTES && (file.length - HEAD_BYTES) % 2 === 0;
  if (!isWhole || !sha256(content).bytes.equals(file.subarray(0, HASH_BYTES))) return null;
  const age = Date.now() - content.readDoubleLE();
  if (!(age >= 0 && age <= KEPT_MS)) return null;
  return new Int16Array(Uint8Array.from(file.subarray(HEAD_BYTES)).buffer);
}

/** Leaves so many bytes at the most, and nothing that is old. */
async function makeRoom(folder: string, mostBytes: number): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const info = await stat(path).catch(() => null);
      return info?.isFile() ? [{ name, path, bytes: info.size, at: info.mtimeMs }] : [];
    }),
  );
  let bytes = 0;
  for (const one of found.flat().sort((a, b) => b.at - a.at)) {
    const isOld = Date.now() - one.at > (FINISHED.test(one.name) ? KEPT_MS : UNFINISHED_MS);
    if (isOld || bytes + one.bytes > mostBytes) await remove(one.path);
    else bytes += one.bytes;
  }
}

async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}

function sha256(content: string | Uint8Array): { bytes: Buffer; hex: string } {
  const bytes = createHash('sha256').update(content).digest();
  return { bytes, hex: bytes.toString('hex') };
}
