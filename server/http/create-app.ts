/** Puts middleware and routes together into one Hono app; it does not listen. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { apiRoutes } from './routes/api-routes.js';
import { basePathOf, withoutBase } from './request/base-path.js';
import { answerError } from './errors/answer-error.js';
import { HttpError } from './errors/http-error.js';
import { createGuards, takeRate } from './access/guards.js';
import { HttpMetrics } from './telemetry/http-metrics.js';
import { createKnownJobs } from './access/known-jobs.js';
import { clientAddress } from './middleware/client-address.js';
import { compressAnswers } from './middleware/compress-answers.js';
import { openCors } from './middleware/open-cors.js';
import { ALLOW_ORIGIN, letEveryPageRead, pageCors } from './middleware/page-cors.js';
import { requestLog } from './middleware/request-log.js';
import { securityHeaders } from './middleware/security-headers.js';
import { openapiDocument } from './routing/openapi-document.js';
import { createOriginCache } from './access/origin-cache.js';
import { createMemoryRateLimiter } from './rate-limit/rate-limit.js';
import { pageRoutes } from './routes/pages.js';
import { getPath as getRequestPath } from 'hono/utils/url';
import type { Context, MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { HttpEnv } from './routing/http-env.js';
import type { KnownJobs } from './access/known-jobs.js';
import type { RateLimiter, RateRule } from './rate-limit/rate-limit.js';
import type { Rates, RouteContext } from './routing/route-context.js';
import type { HealthOptions } from './routes/health.js';
import type { PagesOptions } from './routes/pages.js';
import type { Domain } from '../domain/create-domain.js';

/** Everything that the app is made of. */
export interface AppOptions {
  verbs: Domain;
  webhook: RouteContext['webhook'];
  linkSecret: string;
  log: Logger;
  publicUrl: string;
  /** Origins at which this server itself is seen. */
  ownOrigins: readonly string[];
  /** Proxies in front of this process that write `X-Forwarded-For`. */
  trustedProxies: number;
  health: Pick<HealthOptions, 'checks' | 'count' | 'metricsToken'>;
  pages: Pick<PagesOptions, 'bundleDir' | 'consoleDir' | 'demo'>;
  /** Default: always. */
  isMediaReady?: RouteContext['isMediaReady'];
  limiter?: RateLimiter;
  rates?: Partial<Rates>;
}

const RATES: Rates = {
  key: { limit: 1_200, windowSec: 60 },
  visitor: { limit: 120, windowSec: 60 },
  reader: { limit: 600, windowSec: 60 },
  caller: { limit: 240, windowSec: 60 },
  job: { limit: 1_200, windowSec: 60 },
  address: { limit: 3_000, windowSec: 60 },
};

/** Builds the app. */
export function createApp(options: AppOptions): OpenAPIHono<HttpEnv> {
  const { verbs, log } = options;
  const limiter = options.limiter ?? createMemoryRateLimiter();
  const rates = { ...RATES, ...options.rates };
  const metrics = new HttpMetrics();
  const ownOrigins = new Set(options.ownOrigins);
  const guards = createGuards({
    verbs,
    limiter,
    keyRule: rates.key,
    visitorRule: rates.visitor,
    readerRule: rates.reader,
    ownOrigins,
  });
  const jobs = createKnownJobs();
  const { linkSecret, publicUrl, webhook } = options;
  const context: RouteContext<keyof Domain> = {
    verbs,
    guards,
    limiter,
    rates,
    jobs,
    linkSecret,
    publicUrl,
    webhook,
    isMediaReady: options.isMediaReady ?? (() => Promise.resolve(true)),
  };

  const basePath = basePathOf(publicUrl);
  const getPath = (request: Request): string => withoutBase(getRequestPath(request), basePath);
  const app = new OpenAPIHono<HttpEnv>({ strict: true, getPath });
  app.onError(answerError);
  app.use('*', clientAddress(options.trustedProxies));
  app.use('*', requestLog(log, metrics));
  app.use('*', securityHeaders());
  app.use('*', compressAnswers());
  const knows = createOriginCache(() => verbs.knownOrigins());
  const startCors = pageCors({ isKnown: knows });
  // Before the limit, so that a page can read that it was reached.
  app.use('/v1/web-calls', startCors);
  app.use('/v1/livekit/token', startCors);
  app.use('/v1/widget', startCors);
  app.use('/v1/recordings/*', openCors());
  app.use('/v1/*', addressRate(limiter, rates.address, jobs));
  // After it, since this may cost a query.
  const callCors = pageCors({ isKnown: callOriginRule(verbs, knows) });
  app.use('/v1/web-calls/:call_id', callCors);
  app.use('/v1/web-calls/:call_id/:verb', callCors);

  apiRoutes(app, context, { ...options.health, guards, metrics });
  // Made when it is first asked for: it takes longer than everything else here.
  let document: ReturnType<typeof openapiDocument> | null = null;
  app.get('/openapi.json', (c) => c.json((document ??= openapiDocument(app, publicUrl))));
  pageRoutes(app, { ...options.pages, publicUrl, basePath });
  refuseTheRest(app);
  return app;
}

/** One worker sends from one address what all its calls say: jobs are counted one by one instead. */
function addressRate(
  limiter: RateLimiter,
  rule: RateRule,
  jobs: KnownJobs,
): MiddlewareHandler<HttpEnv> {
  return async (c: Context<HttpEnv>, next) => {
    if (jobs.of(c) === null) await takeRate(c, limiter, `address:${c.get('network')}`, rule);
    await next();
  };
}

function callOriginRule(
  verbs: Pick<Domain, 'originOfCall'>,
  knows: (origin: string) => Promise<boolean>,
): (origin: string, callId: string | null) => Promise<boolean> {
  return async (origin, callId) => {
    if (await knows(origin)) return true;
    return callId !== null && (await verbs.originOfCall(callId)) === origin;
  };
}

/**
 * An address that exists with another method is 405 with `Allow`; every other is 404. Any page may read it: that is
 * how one with a wrong address learns that the server is there.
 */
function refuseTheRest(app: OpenAPIHono<HttpEnv>): void {
  const routes = app.routes
    .filter((route) => route.method !== 'ALL')
    .map(({ method, path }) => ({ method, pattern: patternOf(path) }));
  app.notFound((c) => {
    if (c.req.method === 'GET' && !c.res.headers.has(ALLOW_ORIGIN)) letEveryPageRead(c);
    const allow = routes.filter(({ pattern }) => pattern.test(c.req.path)).map((r) => r.method);
    if (allow.length === 0) return answerError(HttpError.notFound(), c);
    // Whatever is read is answered to a HEAD as well.
    if (allow.includes('GET')) allow.push('HEAD');
    return answerError(HttpError.methodNotAllowed([...new Set(allow)]), c);
  });
}

function patternOf(path: string): RegExp {
  const escaped = path
    .split('/')
    .map((part) => {
      const named = /^:\w+(?:\{(.*)\})?$/.exec(part);
      if (named) return named[1] ?? '[^/]+';
      return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${escaped}$`);
}
