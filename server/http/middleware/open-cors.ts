/** CORS of what an address alone opens: any page may fetch it, embed it, and read it. */
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/** The two headers that let any origin have an answer, on pages that isolate themselves too. */
export const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Answers preflights; refusals are as readable as the file. */
export function openCors(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    for (const [name, value] of Object.entries(OPEN_TO_ALL)) c.header(name, value);
    c.header('access-control-expose-headers', 'accept-ranges, content-length, content-range');
    if (c.req.method !== 'OPTIONS') return next();
    c.header('access-control-allow-methods', 'GET, HEAD');
    c.header('access-control-allow-headers', 'range');
    c.header('access-control-max-age', '600');
    return c.body(null, 204);
  };
}
