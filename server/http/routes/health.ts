/** `/healthz`, `/readyz`, `/metrics`. */
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
import type { HttpMetrics } from '../telemetry/http-metrics.js';

/** One thing that the server needs. */
export interface Check {
  ok: boolean;
  /** Why not, in one stable word. */
  reason?: string;
  /** Why not, in plain words. */
  detail?: string;
  /** `false`: calls go on without it, and the server stays ready. */
  needed?: boolean;
}

/** What health is made of. */
export interface HealthOptions {
  guards: Guards;
  metrics: HttpMetrics;
  /** When set, `/metrics` asks for it as Bearer; otherwise only this machine is answered. */
  metricsToken: string | null;
  checks(): Promise<Record<string, Check>>;
  /** Calls by status. */
  countCalls(): Promise<Record<string, number>>;
}

/** Whoever may read the figures may not make the database count all calls each time. */
const FIGURES_MS = 5_000;
const checkSchema = component(
  'ReadinessCheck',
  'One thing that the server needs.',
  z.object({
    ok: z.boolean().describe('Whether it is there.'),
    reason: z.string().optional().describe('Why not, in one stable word.'),
    detail: z.string().optional().describe('Why not, in plain words.'),
    needed: z
      .boolean()
      .optional()
      .describe('false: calls go on without it, and the server stays ready. Default: true.'),
  }),
);
const readiness = component(
  'Readiness',
  'Whether the server can serve calls, and what is missing.',
  z.object({
    status: z.enum(['ready', 'not_ready']).describe('Whether it can.'),
    checks: z.record(z.string(), checkSchema).describe('What it needs, by name.'),
  }),
);
const liveness = component(
  'Liveness',
  'That the process lives.',
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
  const countCalls = kept(options.countCalls, FIGURES_MS);
  endpoint(
    app,
    {
      ...common,
      path: '/healthz',
      summary: 'Whether the process lives',
      answers: { 200: { description: 'It does', schema: liveness } },
    },
    async () => ({ status: 'ok' }),
  );
  endpoint(
    app,
    {
      ...common,
      path: '/readyz',
      summary: 'Whether it can serve calls, and what is missing',
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
      summary: 'Figures for Prometheus',
      description:
        'Requests, calls, and the process itself. With METRICS_TOKEN as Bearer; where none is set, for the machine itself only.',
      answers: { 200: { description: 'Prometheus text', mediaType: 'text/plain' } },
      refusals: ['unauthorized', 'forbidden'],
    },
    async ({ c }) => {
      checkReader(c, options.metricsToken);
      c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      return options.metrics.text(await countCalls());
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

/** Runs one at a time, and answers what it answered last for so long. */
function kept<T>(run: () => Promise<T>, forMs: number): () => Promise<T> {
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

function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
