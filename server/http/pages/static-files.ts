/** Files of the built bundle and console, read from disk and never from outside their folder. */
import { extname, join, normalize, sep } from 'node:path';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress';
import { HttpError } from '../errors/http-error.js';
import { acceptedEncodings } from '../request/accepted-encodings.js';
import { hasTag } from '../request/has-tag.js';
import { FileShelf } from './file-shelf.js';
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

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

const shelf = new FileShelf();

/** Answers the file, compressed for whoever reads that, 304 when the client has it, or throws `not_found`. */
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
  const type = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
  const isText = COMPRESSIBLE_CONTENT_TYPE_REGEX.test(type);
  const encodings = isText ? acceptedEncodings(c.req.header('accept-encoding')) : [];
  const file = await shelf.find(path, encodings);
  if (!file) throw HttpError.notFound();
  c.header('etag', file.etag);
  if (isText) c.header('vary', 'Accept-Encoding');
  c.header(
    'cache-control',
    options.immutable
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=0, must-revalidate',
  );
  for (const [header, value] of Object.entries(options.headers ?? {})) c.header(header, value);
  if (hasTag(c.req.header('if-none-match'), file.etag)) return c.body(null, 304);
  c.header('content-type', type);
  c.header('content-length', String(file.size));
  if (file.encoding) c.header('content-encoding', file.encoding);
  return c.req.method === 'HEAD' ? c.body(null) : c.body(file.open());
}
