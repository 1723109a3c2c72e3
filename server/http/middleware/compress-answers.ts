/** Compresses what is read as JSON and HTML. Files have copies of their own; sound, exports and event streams go as they are. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { acceptedEncodings } from '../request/accepted-encodings.js';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

const gzipped = promisify(gzip);

/** Bytes; anything shorter fits into one packet as it is. Hono's own middleware cannot tell how long an answer is. */
const WORTH_IT = 1_024;
const READABLE = /^(?:application\/json|text\/html)(?:;|$)/;

/**
 * Only answers to GET. The size of a compressed answer tells whether a guess that stands in it equals a secret beside it
 * (BREACH), to whoever can have it made again and again and sees its length. Pages of others cannot: no cookie lets them
 * ask in somebody's name, only a token that their script would have to know. And secrets are handed out by POST alone,
 * but for the signed link of a recording, which is another for every call and every moment.
 */
export function compressAnswers(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    const { headers, status } = c.res;
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (!isRead || !READABLE.test(headers.get('content-type') ?? '')) return;
    // Of a file, byte for byte.
    if (headers.get('etag')?.startsWith('"')) return;
    headers.append('vary', 'Accept-Encoding');
    if (!acceptedEncodings(c.req.header('accept-encoding')).includes('gzip')) return;
    const bytes = new Uint8Array(await c.res.arrayBuffer());
    const isWorthIt = bytes.length >= WORTH_IT;
    const body = isWorthIt ? await gzipped(bytes) : bytes;
    const answer = new Response(body, { status, headers });
    if (isWorthIt) answer.headers.set('content-encoding', 'gzip');
    answer.headers.delete('content-length');
    // Otherwise Hono would make a stream of it, and merge the headers.
    c.res = undefined;
    c.res = answer;
  };
}
