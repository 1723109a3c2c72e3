/** Whose address a request has, behind exactly as many proxies as are trusted. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../http-env.js';

/**
 * With `trustedProxies` = n the n-th address from the right of `X-Forwarded-For` is the caller's:
 * whatever stands left of it was written by the caller and proves nothing.
 */
export function clientAddress(trustedProxies: number): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('address', forwarded(c, trustedProxies) ?? socketAddress(c));
    await next();
  };
}

function forwarded(c: Context<HttpEnv>, trustedProxies: number): string | null {
  if (trustedProxies < 1) return null;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  const address = hops.at(-trustedProxies) ?? hops[0];
  return address ? address.slice(0, 64) : null;
}

function socketAddress(c: Context<HttpEnv>): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    // `app.request` has no socket.
    return 'unknown';
  }
}
