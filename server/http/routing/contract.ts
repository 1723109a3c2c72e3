/** The OpenAPI document without a running server: what is committed as `openapi.json`, and what the types are made of. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { apiRoutes } from '../routes/api-routes.js';
import { createGuards } from '../access/guards.js';
import { HttpMetrics } from '../telemetry/http-metrics.js';
import { openapiDocument } from './openapi-document.js';
import type { Domain } from '../../domain/create-domain.js';
import type { HttpEnv } from './http-env.js';
import type { RouteContext } from './route-context.js';
import type { HealthOptions } from '../routes/health.js';

/** As a server answers it that is seen at the address where it listens by default. */
export function contractDocument(): ReturnType<typeof openapiDocument> {
  const rule = { limit: 0, windowSec: 0 };
  // Routes are only registered: what they would call is not there.
  const nothing = {} as RouteContext<keyof Domain> & HealthOptions;
  const guards = createGuards({
    ...nothing,
    keyRule: rule,
    visitorRule: rule,
    readerRule: rule,
    ownOrigins: new Set(),
  });
  const app = new OpenAPIHono<HttpEnv>();
  const health = { ...nothing, guards, metrics: new HttpMetrics() };
  apiRoutes(app, { ...nothing, guards }, health);
  return openapiDocument(app, 'http://localhost:8787');
}
