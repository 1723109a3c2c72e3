/** Headers that every answer carries, and the stricter set of our own pages. */
import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from '../routing/http-env.js';

const UNUSED = ['camera', 'display-capture', 'geolocation', 'midi', 'payment', 'usb'];

/** What a page of ours may ask the visitor's device for: nothing, or `microphone` for one that calls. */
export function permissionsPolicy(microphone: '()' | '(self)' = '()'): string {
  return [`microphone=${microphone}`, ...UNUSED.map((name) => `${name}=()`)].join(', ');
}

/** Safe defaults; a page sets its own `content-security-policy` before them. */
export function securityHeaders(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next();
    setDefault(c.res.headers, 'x-content-type-options', 'nosniff');
    setDefault(c.res.headers, 'referrer-policy', 'strict-origin-when-cross-origin');
    setDefault(c.res.headers, 'x-frame-options', 'SAMEORIGIN');
    setDefault(c.res.headers, 'cross-origin-opener-policy', 'same-origin');
    setDefault(c.res.headers, 'permissions-policy', permissionsPolicy());
    setDefault(
      c.res.headers,
      'content-security-policy',
      "default-src 'none'; frame-ancestors 'none'",
    );
    if (c.req.path.startsWith('/v1/')) setDefault(c.res.headers, 'cache-control', 'no-store');
  };
}

function setDefault(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
