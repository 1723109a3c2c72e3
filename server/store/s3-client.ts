/**
 * The requests to an S3-compatible store that recordings need: put, get, list, remove, each signed and limited in time.
 */
import { createHash } from 'node:crypto';
import { AwsClient } from 'aws4fetch';
import { ObjectStoreError } from './object-store-error.js';

/** The store and the credentials. */
export interface S3Options {
  /** E.g. `https://s3.eu-central-1.amazonaws.com`. The bucket is the first part of the path. */
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Time limit of one request in ms. Default 10,000. */
  timeoutMs?: number;
}

/** A page of a list of objects, in the order of their keys; sizes in bytes. */
export interface S3Page {
  objects: { key: string; size: number }[];
  /** Whether there are more objects after the last. */
  isTruncated: boolean;
}

/** The requests. Each rejects with an `ObjectStoreError`. */
export interface S3Client {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Bytes `start` to `end`, both included. */
  get(key: string, start: number, end: number): Promise<Uint8Array>;
  /** At most `limit` objects whose keys begin with `prefix`, after the key `after`. */
  list(prefix: string, limit: number, after?: string): Promise<S3Page>;
  /** Deletes an object; one that does not exist is no error. */
  remove(key: string): Promise<void>;
}

/**
 * A client of one bucket. Source: Amazon S3 API Reference, 2006-03-01; requests are signed with Signature Version 4.
 */
export function openS3Client(options: S3Options): S3Client {
  const { accessKeyId, secretAccessKey, region, timeoutMs = 10_000 } = options;
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 1 });
  const base = `${options.endpoint.replace(/\/+$/, '')}/${options.bucket}`;

  async function ask(path: string, init: RequestInit & { method: string }): Promise<Buffer> {
    let status: number;
    let body: Buffer;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await aws.fetch(`${base}${path}`, { ...init, signal });
      status = answer.status;
      body = Buffer.from(await answer.arrayBuffer());
    } catch (cause) {
      throw ObjectStoreError.unanswered(cause);
    }
    if (status === 200 || status === 204 || status === 206) return body;
    const word = /<Code>(\w{1,60})<\/Code>/.exec(body.subarray(0, 4_096).toString())?.[1];
    throw ObjectStoreError.answered(status, word ?? '');
  }

  return {
    async put(key, bytes) {
      const body = Buffer.from(bytes);
      const sha256 = createHash('sha256').update(body).digest('hex');
      await ask(`/${key}`, { method: 'PUT', body, headers: { 'x-amz-content-sha256': sha256 } });
    },
    get: (key, start, end) =>
      ask(`/${key}`, { method: 'GET', headers: { range: `bytes=${start}-${end}` } }),
    async list(prefix, limit, after) {
      const query = new URLSearchParams({ 'list-type': '2', prefix, 'max-keys': String(limit) });
      if (after) query.set('start-after', after);
      const xml = (await ask(`?${query.toString()}`, { method: 'GET' })).toString();
      if (!xml.includes('<ListBucketResult')) throw ObjectStoreError.answered(200, '');
      const objects = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, fields = '']) => ({
        key: /<Key>(.*?)<\/Key>/.exec(fields)?.[1] ?? '',
        size: Number(/<Size>(\d+)<\/Size>/.exec(fields)?.[1]),
      }));
      return { objects, isTruncated: /<IsTruncated>true/.test(xml) };
    },
    async remove(key) {
      await ask(`/${key}`, { method: 'DELETE' });
    },
  };
}
