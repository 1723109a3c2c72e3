/** One log line per request, with an id that the answer repeats; no query, no body, no header. */
import { randomUUID } from 'node:crypto';
import { routePath } from 'hono/route';
import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { HttpMetrics } from '../telemetry/http-metrics.js';
import type { HttpEnv } from '../routing/http-env.js';

/** Names the request, measures it and logs it when it is answered. */
export function requestLog(log: Logger, metrics: HttpMetrics): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const began = performance.now();
    const given = c.req.header('x-request-id');
    const requestId = given && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    c.set('logFields', {});
    c.set('log', log);
    c.header('x-request-id', requestId);
    await next();
    const seconds = (performance.now() - began) / 1_000;
    const route = routePath(c, -1);
    metrics.observe(c.req.method, route, c.res.status, seconds);
    const line = {
      request_id: requestId,
      method: c.req.method,
      // The matched pattern's path; a path of ours never holds a secret, a query may.
      path: c.req.path.slice(0, 300),
      status: c.res.status,
      ms: Math.round(seconds * 10_000) / 10,
      address: c.get('address'),
      ...c.get('logFields'),
    };
    // That the server is not ready is told once by who found out, not at every asking.
    const isNews = c.res.status >= 500 && !(c.res.status === 503 && isQuiet(c.req.path));
    if (isNews) log.error(line, 'request');
    else if (isQuiet(c.req.path)) log.debug(line, 'request');
    else log.info(line, 'request');
  };
}

function isQuiet(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics';
}
