/** CORS of the routes that pages call: an origin is answered when a key names it, exactly. */
import { HttpError } from '../errors/http-error.js';
import type { Context, MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/** Decides about origins. */
export interface PageCorsOptions {
  /** Whether any key names the origin, or, for a call's own routes, the call came from there. */
  isKnown(origin: string, callId: string | null): Promise<boolean>;
}

/** The header that lets a page read an answer. */
export const ALLOW_ORIGIN = 'access-control-allow-origin';

const EXPOSED =
  'x-request-id, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after';

/** Addresses that a call's own page asks. */
const OF_A_CALL =
  /^\/v1\/web-calls\/([\w-]{1,100})(?:\/(?:terminate|resume|client-report|feedback))?$/;

/**
 * Answers preflights, and lets a known origin read the answer; nobody else can. A browser hides from its page why a
 * preflight was refused: a plain GET of the same address is refused for the same reason, which every page may read.
 */
export function pageCors(options: PageCorsOptions): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.header('vary', 'Origin');
    const origin = c.req.header('origin');
    const callId = OF_A_CALL.exec(c.req.path)?.[1] ?? null;
    const known = origin ? await isKnown(c, options, origin, callId) : false;
    if (known && origin) {
      c.header(ALLOW_ORIGIN, origin);
      c.header('access-control-expose-headers', EXPOSED);
    }
    if (c.req.method === 'GET' && origin && !known) {
      letEveryPageRead(c);
      throw HttpError.originNotAllowed();
    }
    if (c.req.method !== 'OPTIONS') return next();
    if (!known) throw HttpError.originNotAllowed();
    c.header('access-control-allow-methods', 'GET, POST, PUT');
    c.header('access-control-allow-headers', 'authorization, content-type, idempotency-key');
    c.header('access-control-max-age', '600');
    return c.body(null, 204);
  };
}

/** A page is told, by a plain GET, that nobody could be asked about its origin, too. */
async function isKnown(
  c: Context,
  options: PageCorsOptions,
  origin: string,
  callId: string | null,
): Promise<boolean> {
  try {
    return await options.isKnown(origin, callId);
  } catch (error) {
    if (c.req.method === 'GET') letEveryPageRead(c);
    throw error;
  }
}

/** For answers that hold nothing but an error, and tell a page what it has reached. */
export function letEveryPageRead(c: Context): void {
  c.header(ALLOW_ORIGIN, '*');
  c.header('access-control-expose-headers', EXPOSED);
}
