/** `/healthz` (liveness), `/readyz` (readiness) and `/metrics` (Prometheus). */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { endpoint, reply } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { isFromThisMachine } from '../request/loopback.js';
import { bearerOf } from '../request/bearer.js';
import { component } from '../schemas/component.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Guards } from '../access/guards.js';
import type { HttpEnv } from '../routing/http-env.js';
import type { HttpMetrics, StoredFigures } from '../telemetry/http-metrics.js';

/** The state of one dependency: database, recordings, media server, agent workers. */
export interface Check {
  ok: boolean;
  /** Why it does not work, as a stable code, e.g. `unreachable`. */
  reason?: string;
  /** The same in a sentence for whoever must mend it. */
  detail?: string;
  /** `false`: calls work without it, and the server stays ready. Default `true`. */
  needed?: boolean;
}

/** What the three routes need. */
export interface HealthOptions {
  guards: Guards;
  metrics: HttpMetrics;
  /** The Bearer token of `/metrics`; `null`: no token, and requests from this machine only. */
  metricsToken: string | null;
  /** Every dependency by its name. */
  checks(): Promise<Record<string, Check>>;
  /** What is counted in the database. */
  count(): Promise<StoredFigures>;
}

/** How long a count of calls is answered again: frequent scrapes must not make the database count all calls each time. */
const COUNT_TTL_MS = 5_000;
const checkSchema = component(
  'ReadinessCheck',
  'The state of something that the server depends on.',
  z.object({
    ok: z.boolean().describe('Whether it works.'),
    reason: z
      .string()
      .optional()
      .describe('Why it does not work, as a stable code. Absent when it works.'),
    detail: z
      .string()
      .optional()
      .describe('Why it does not work, in a sentence. Absent when it works.'),
    needed: z
      .boolean()
      .optional()
      .describe('`false`: calls work without it, and the server stays ready. Default: `true`.'),
  }),
);
const readiness = component(
  'Readiness',
  'Whether the server can serve calls, and what prevents it.',
  z.object({
    status: z.enum(['ready', 'not_ready']).describe('Whether it can serve calls.'),
    checks: z.record(z.string(), checkSchema).describe('What it depends on, by name.'),
  }),
);
const liveness = component(
  'Liveness',
  'The answer of a process that is alive.',
  z.object({ status: z.literal('ok').describe('Always `ok`.') }),
);

/** Registers the routes. */
export function healthRoutes(app: OpenAPIHono<HttpEnv>, options: HealthOptions): void {
  const common = {
    method: 'get',
    tag: 'Health',
    guard: options.guards.open,
    ignoresQuery: true,
  } as const;
  const count = cached(options.count, COUNT_TTL_MS);
  endpoint(
    app,
    {
      ...common,
      path: '/healthz',
      summary: 'Ask whether the process is alive',
      answers: { 200: { description: 'Alive', schema: liveness } },
    },
    async () => ({ status: 'ok' }),
  );
  endpoint(
    app,
    {
      ...common,
      path: '/readyz',
      summary: 'Ask whether the server can serve calls',
      answers: {
        200: { description: 'Ready', schema: readiness },
        503: { description: 'Not ready', schema: readiness },
      },
    },
    async () => {
      const checks = await options.checks();
      const ready = Object.values(checks).every((check) => check.ok || check.needed === false);
      return ready
        ? reply(200, { status: 'ready', checks })
        : reply(503, { status: 'not_ready', checks });
    },
  );
  endpoint(
    app,
    {
      ...common,
      path: '/metrics',
      summary: 'Read metrics for Prometheus',
      description:
        'Figures of requests, calls and the process. Needs METRICS_TOKEN as the Bearer token; when none is set, only requests from the same machine are answered.',
      answers: {
        200: { description: 'Metrics in the text format of Prometheus', mediaType: 'text/plain' },
      },
      refusals: ['unauthorized', 'forbidden'],
    },
    async ({ c }) => {
      checkReader(c, options.metricsToken);
      c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      return options.metrics.text(await count());
    },
  );
}

function checkReader(c: Context<HttpEnv>, token: string | null): void {
  if (token === null) {
    if (isFromThisMachine(c)) return;
    throw HttpError.forbidden('Set METRICS_TOKEN to read the figures from another machine.');
  }
  if (!sameText(bearerOf(c) ?? '', token)) throw HttpError.unauthorized();
}

/** Caches the answer of `run` for so long after it came; requests meanwhile share one run. A failure is not cached. */
function cached<T>(run: () => Promise<T>, forMs: number): () => Promise<T> {
  let last: Promise<T> | null = null;
  let until = Infinity;
  return () => {
    if (last && performance.now() < until) return last;
    until = Infinity;
    last = run();
    last.then(
      () => (until = performance.now() + forMs),
      () => (last = null),
    );
    return last;
  };
}

/** Compares in a time that tells nothing of the texts. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
