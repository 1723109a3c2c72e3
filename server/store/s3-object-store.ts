/**
 * The object store on S3. Objects in S3 cannot be appended to, so each chunk of a recording is an object of its own.
 */
import { ObjectStoreError } from './object-store-error.js';
import { assertObjectName } from './object-name.js';
import { openS3Client } from './s3-client.js';
import type { OpenObjectStore } from './open-object-store.js';
import type { S3Client, S3Options } from './s3-client.js';

const DIGITS = 12;
const PAGE = 1_000;
const REMOVED_TOGETHER = 8;

/** A chunk: the object that holds bytes `from` to `to`, both included. */
interface Part {
  key: string;
  from: number;
  to: number;
}

/** Opens the store. The chunk at offset 128000 of `a/b.pcm` is the object `a/b.pcm/000000128000`. */
export function openS3ObjectStore(options: S3Options): OpenObjectStore {
  const client = openS3Client(options);
  return {
    async write(name, offset, bytes) {
      assertObjectName(name);
      if (bytes.byteLength > 0) await client.put(partKey(name, offset), bytes);
    },
    async size(name) {
      const last = (await partsOf(client, name)).at(-1);
      return last ? last.to + 1 : 0;
    },
    async read(name, start, end) {
      const parts = await partsOf(client, name);
      let at = start;
      const next = async (): Promise<Uint8Array> => {
        const part = parts.find(({ from, to }) => from <= at && at <= to);
        if (!part) throw ObjectStoreError.incomplete(name, at);
        const to = Math.min(end, part.to);
        const bytes = await client.get(part.key, at - part.from, to - part.from);
        if (bytes.byteLength !== to - at + 1) throw ObjectStoreError.incomplete(name, at);
        at = to + 1;
        return bytes;
      };
      // The first bytes are read before the response begins: once it has, a failure could not be reported any more.
      let first: Uint8Array | null = await next();
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            controller.enqueue(first ?? (await next()));
            first = null;
            if (at > end) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
    async remove(name) {
      const keys = (await partsOf(client, name)).map(({ key }) => key);
      for (let at = 0; at < keys.length; at += REMOVED_TOGETHER) {
        const some = keys.slice(at, at + REMOVED_TOGETHER);
        await Promise.all(some.map((key) => client.remove(key)));
      }
    },
    async ping() {
      await client.list('recordings/', 1);
    },
  };
}

async function partsOf(client: S3Client, name: string): Promise<Part[]> {
  assertObjectName(name);
  const parts: Part[] = [];
  for (let after: string | undefined; ;) {
    const page = await client.list(`${name}/`, PAGE, after);
    for (const { key, size } of page.objects) {
      const digits = key.slice(name.length + 1);
      const from = Number(digits);
      // Objects with other names were not written by this store.
      if (/^\d+$/.test(digits) && size > 0) parts.push({ key, from, to: from + size - 1 });
    }
    after = page.objects.at(-1)?.key;
    if (!page.isTruncated || !after) return parts;
  }
}

function partKey(name: string, offset: number): string {
  return `${name}/${String(offset).padStart(DIGITS, '0')}`;
}
