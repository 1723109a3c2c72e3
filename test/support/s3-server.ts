/**
 * A tiny S3-compatible store on loopback: one bucket, PUT, GET with ranges, DELETE, ListObjectsV2. It refuses what
 * is not signed by its key pair. Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
 */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { listenOnLoopback } from './listen-on-loopback.js';

/** A running store. */
export interface S3Server {
  readonly options: {
    endpoint: string;
    region: string;
    bucket: string;
    accessKeyId: string;
    secretAccessKey: string;
  };
  /** The same as environment variables. */
  readonly env: Record<string, string>;
  readonly objects: Map<string, Buffer>;
  /** `GET /bucket/key`, in order. */
  readonly asked: string[];
  /** Answers every request so instead; `hang` answers none. */
  mood: 'well' | 'hang' | number;
  close(): Promise<void>;
}

const BUCKET = 'calls';
/** Small, so that lists come in pages. */
const PAGE = 3;

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      s3.asked.push(`${request.method} ${request.url}`);
      if (s3.mood === 'hang') return;
      const { status, body, headers } = answerTo(s3, request, Buffer.concat(parts));
      response.writeHead(status, headers).end(body);
    });
  });
  const endpoint = await listenOnLoopback(server);
  const keys = { accessKeyId: 'AKTEST', secretAccessKey: 'a-secret/of+the=store' };
  const s3: S3Server = {
    options: { endpoint, region: 'eu-test-1', bucket: BUCKET, ...keys },
    env: {
      S3_ENDPOINT: endpoint,
      S3_REGION: 'eu-test-1',
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
    },
    objects,
    asked: [],
    mood: 'well',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return s3;
}

interface Reply {
  status: number;
  body?: Buffer | string;
  headers?: Record<string, string>;
}

function answerTo(s3: S3Server, request: IncomingMessage, body: Buffer): Reply {
  if (typeof s3.mood === 'number') return fault(s3.mood, 'ServiceUnavailable');
  const word = refusal(s3, request, body);
  if (word) return fault(403, word);
  const { pathname, searchParams } = new URL(request.url ?? '', s3.options.endpoint);
  const [, bucket = '', ...rest] = pathname.split('/');
  if (bucket !== BUCKET) return fault(404, 'NoSuchBucket');
  const key = rest.join('/');
  if (request.method === 'GET' && !key) return list(s3, searchParams);
  if (request.method === 'PUT') s3.objects.set(key, body);
  if (request.method === 'DELETE') s3.objects.delete(key);
  if (request.method === 'DELETE') return { status: 204 };
  const found = s3.objects.get(key);
  if (!found) return fault(404, 'NoSuchKey');
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  if (!range || request.method === 'PUT') return { status: 200, body: found };
  return { status: 206, body: found.subarray(Number(range[1]), Number(range[2]) + 1) };
}

function list({ objects }: S3Server, query: URLSearchParams): Reply {
  const after = query.get('start-after') ?? '';
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
    .sort();
  const page = keys.slice(0, Math.min(PAGE, Number(query.get('max-keys'))));
  const contents = page.map(
    (key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`,
  );
  const isTruncated = `<IsTruncated>${page.length < keys.length}</IsTruncated>`;
  const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
  const body = `<ListBucketResult xmlns="${xmlns}">${isTruncated}${contents.join('')}</ListBucketResult>`;
  return { status: 200, body, headers: { 'content-type': 'application/xml' } };
}

function fault(status: number, code: string): Reply {
  return { status, body: `<?xml version="1.0"?><Error><Code>${code}</Code></Error>` };
}

/** The word of a refusal; `null` when the request is signed as it must be. */
function refusal({ options }: S3Server, request: IncomingMessage, body: Buffer): string | null {
  const header = /^AWS4-HMAC-SHA256 Credential=(.+?), SignedHeaders=(.+?), Signature=(\w+)$/;
  const [, credential = '', signed = '', signature] =
    header.exec(request.headers.authorization ?? '') ?? [];
  const at = String(request.headers['x-amz-date']);
  const scope = `${at.slice(0, 8)}/${options.region}/s3/aws4_request`;
  if (credential !== `${options.accessKeyId}/${scope}`) return 'InvalidAccessKeyId';
  const sent = Date.parse(at.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - sent) < 900_000)) return 'RequestTimeTooSkewed';
  const payload = String(request.headers['x-amz-content-sha256']);
  if (!/^(host|.*;host);.*x-amz-content-sha256/.test(signed)) return 'AccessDenied';
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body))
    return 'XAmzContentSHA256Mismatch';
  if (request.method === 'PUT' && payload === 'UNSIGNED-PAYLOAD') return 'AccessDenied';
  const { pathname, searchParams } = new URL(request.url ?? '', options.endpoint);
  const query = [...searchParams].map((pair) => pair.map(encodeStrictly).join('=')).sort();
  const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name])}\n`);
  const canonical = [
    request.method,
    pathname.split('/').map(decodeURIComponent).map(encodeStrictly).join('/'),
    query.join('&'),
    headers.join(''),
    signed,
    payload,
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = scope
    .split('/')
    .reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${options.secretAccessKey}`),
    );
  const expected = createHmac('sha256', key).update(toSign).digest('hex');
  return signature === expected ? null : 'SignatureDoesNotMatch';
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
