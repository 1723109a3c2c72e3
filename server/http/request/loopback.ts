/** What is this machine itself, and nobody else. */
import { socketAddress } from '../middleware/client-address.js';
import type { Context } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

/** What proxies write into what they pass on. */
const FORWARDING = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Whether an address or a URL's host name is this machine's own. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:/i, '');
  return bare === 'localhost' || bare === '::1' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}

/** Whether a program on this machine asks, by its own name; what a proxy on it passes on comes from elsewhere. */
export function isFromThisMachine(c: Context<HttpEnv>): boolean {
  return (
    isLoopback(socketAddress(c)) &&
    isLoopback(new URL(c.req.url).hostname) &&
    !FORWARDING.some((name) => c.req.header(name) !== undefined)
  );
}
