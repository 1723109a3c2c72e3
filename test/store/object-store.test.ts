/** Where recordings lie: the same from a folder and from an S3-compatible store, and what is said when it is away. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openObjectStore, type OpenObjectStore } from '../../server/store/open-object-store.js';
import { freePort } from '../support/free-port.mjs';
import { startS3Server, type S3Server } from '../support/s3-server.js';

const NAME = 'recordings/call_1.pcm';
const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index % 256);
let s3: S3Server;
let folder: string;
beforeAll(async () => {
  s3 = await startS3Server();
  folder = mkdtempSync(join(tmpdir(), 'dialnexa-objects-'));
});
afterEach(() => {
  s3.mood = 'well';
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true });
});

async function all(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe.each(['a folder', 'S3'])('recordings in %s', (kind) => {
  let store: OpenObjectStore;
  beforeAll(() => {
    store = openObjectStore(folder, kind === 'S3' ? s3.options : null);
  });

  it('grow chunk by chunk, a repeated one where it was, and are read in ranges', async () => {
    await store.ping();
    expect(await store.size(NAME)).toBe(0);
    for (let at = 0; at < 1_000; at += 100) {
      await store.write(NAME, at, bytes.subarray(at, at + 100));
    }
    await store.write(NAME, 300, bytes.subarray(300, 400));
    await store.write('recordings/call_10.pcm', 0, bytes.subarray(0, 50));
    expect(await store.size(NAME)).toBe(1_000);
    const ranges = [
      [0, 999],
      [0, 0],
      [99, 100],
      [250, 649],
      [999, 999],
    ] as const;
    for (const [start, end] of ranges) {
      expect(await all(await store.read(NAME, start, end))).toEqual(bytes.subarray(start, end + 1));
    }
  });

  it('are removed, each alone, and once more without harm', async () => {
    await store.remove(NAME);
    await store.remove(NAME);
    expect(await store.size(NAME)).toBe(0);
    expect(await store.size('recordings/call_10.pcm')).toBe(50);
    await expect(store.read(NAME, 0, 9)).rejects.toMatchObject({ code: 'storage_unavailable' });
  });

  it('have no names that lead elsewhere', async () => {
    for (const name of ['../x', '/etc/x', 'a/../../x', 'a b', '']) {
      const write = async () => store.write(name, 0, bytes);
      await expect(write()).rejects.toThrow('bad object name');
    }
  });
});

describe('recordings that are away', () => {
  const ping = async (more: Partial<S3Server['options']> & { timeoutMs?: number }) => {
    const store = openObjectStore(folder, { ...s3.options, ...more });
    return store.ping().then(
      () => 'well',
      (error: Error) => error.message,
    );
  };

  it('are told apart, in words that name what to mend', async () => {
    expect(await ping({})).toBe('well');
    expect(await ping({ secretAccessKey: 'another' })).toBe(
      'The object store refuses S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY or their rights (HTTP 403 SignatureDoesNotMatch).',
    );
    expect(await ping({ bucket: 'nothing' })).toBe(
      'The object store has no bucket of the name in S3_BUCKET (HTTP 404 NoSuchBucket).',
    );
    expect(await ping({ endpoint: `http://127.0.0.1:${await freePort()}` })).toBe(
      'The object store cannot be reached at S3_ENDPOINT (ECONNREFUSED).',
    );
    s3.mood = 503;
    expect(await ping({})).toBe(
      'The object store is not able to serve now (HTTP 503 ServiceUnavailable).',
    );
    s3.mood = 'hang';
    expect(await ping({ timeoutMs: 300 })).toBe('The object store does not answer in time.');
  });

  it('are told also of a folder that is none', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const store = openObjectStore(join(file, 'below'), null);
    await expect(store.ping()).rejects.toThrow(
      'The folder of the recordings in DATA_DIR cannot be used (ENOTDIR).',
    );
    await expect(store.write(NAME, 0, bytes)).rejects.toMatchObject({
      code: 'storage_unavailable',
    });
  });
});
