/** Whose address a request has, behind exactly as many proxies as are trusted. */
import { isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/**
 * With `trustedProxies` = n the n-th address from the right of `X-Forwarded-For` is the caller's:
 * whatever stands left of it was written by the caller and proves nothing. With fewer there, the request
 * did not come through all of them, and only the socket can be believed.
 */
export function clientAddress(trustedProxies: number): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const address = forwarded(c, trustedProxies) ?? socketAddress(c);
    c.set('address', address);
    c.set('network', networkOf(address));
    await next();
  };
}

function forwarded(c: Context<HttpEnv>, trustedProxies: number): string | null {
  if (trustedProxies < 1) return null;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  const address = hops.at(-trustedProxies);
  return address ? address.slice(0, 64) : null;
}

/** Whom limits count together: one IPv4 address, or the IPv6 network of 64 bits that one customer has. */
function networkOf(address: string): string {
  const bare = /^\[([^\]]*)\]/.exec(address)?.[1] ?? address;
  const mapped = /(?:^|:)(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(bare)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  const plain = bare.split('%')[0] ?? bare;
  if (!isIPv6(plain)) return bare;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(gap).fill('0'), ...right];
  const first = groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${first.join(':')}::/64`;
}

/** The address at the other end of the socket: a proxy's, where there is one. */
export function socketAddress(c: Context<HttpEnv>): string {
  try {
    return getConnInfo(c).remote.address ?? 'unknown';
  } catch {
    // `app.request` has no socket.
    return 'unknown';
  }
}
