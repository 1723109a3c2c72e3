/** Every route of the API: what the OpenAPI document describes. */
import { agentJobRoutes } from './agent-jobs.js';
import { agentRoutes } from './agents.js';
import { apiKeyRoutes } from './api-keys.js';
import { callRoutes } from './calls.js';
import { healthRoutes } from './health.js';
import { livekitRoutes } from './livekit.js';
import { recordingRoutes } from './recordings.js';
import { webCallRoutes } from './web-calls.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Domain } from '../../domain/create-domain.js';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';
import type { HealthOptions } from './health.js';

/** Registers them; nothing is called before a request comes. */
export function apiRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<keyof Domain>,
  health: HealthOptions,
): void {
  webCallRoutes(app, context);
  callRoutes(app, context);
  recordingRoutes(app, context);
  agentRoutes(app, context);
  apiKeyRoutes(app, context);
  agentJobRoutes(app, context);
  livekitRoutes(app, context);
  healthRoutes(app, health);
}
