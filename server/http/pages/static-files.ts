/** Files of the built bundle and console, read from disk and never from outside their folder. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { HttpError } from '../errors/http-error.js';
import type { Context } from 'hono';
import type { HttpEnv } from '../http-env.js';

const MEDIA_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** How a file is answered. */
export interface StaticOptions {
  /** The name carries a hash of the content: it never changes. */
  immutable?: boolean;
  headers?: Record<string, string>;
}

/** Answers the file, 304 when the client has it, or throws `not_found`. */
export async function serveFile(
  c: Context<HttpEnv>,
  folder: string,
  name: string,
  options: StaticOptions = {},
): Promise<Response> {
  const path = normalize(join(folder, name));
  if (name.includes('\u0000') || !path.startsWith(normalize(folder) + sep)) {
    throw HttpError.notFound();
  }
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw HttpError.notFound();
  const etag = `"${info.size.toString(16)}-${Math.round(info.mtimeMs).toString(16)}"`;
  c.header('etag', etag);
  c.header(
    'cache-control',
    options.immutable
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
  );
  for (const [header, value] of Object.entries(options.headers ?? {})) c.header(header, value);
  if (c.req.header('if-none-match') === etag) return c.body(null, 304);
  c.header('content-type', MEDIA_TYPES[extname(path)] ?? 'application/octet-stream');
  c.header('content-length', String(info.size));
  if (c.req.method === 'HEAD') return c.body(null);
  return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>);
}
