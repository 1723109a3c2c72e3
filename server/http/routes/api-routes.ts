/** Registers every route of the API, which are those that the OpenAPI document describes. */
import { agentJobTransferRoutes } from './agent-job-transfers.js';
import { agentJobRoutes } from './agent-jobs.js';
import { agentRoutes } from './agents.js';
import { analysisRoutes } from './analysis.js';
import { apiKeyRoutes } from './api-keys.js';
import { callerReportRoutes } from './caller-reports.js';
import { callRoutes } from './calls.js';
import { healthRoutes } from './health.js';
import { historyRoutes } from './history.js';
import { liveRoutes } from './live.js';
import { livekitRoutes } from './livekit.js';
import { privacyRoutes } from './privacy.js';
import { recordingRoutes } from './recordings.js';
import { transcriptRoutes } from './transcripts.js';
import { webhookDeliveryRoutes } from './webhook-deliveries.js';
import { webhookRoutes } from './webhooks.js';
import { widgetRoutes } from './widget.js';
import { mediaGrantRoutes, webCallRoutes } from './web-calls.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Domain } from '../../domain/create-domain.js';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';
import type { HealthOptions } from './health.js';

/** Registers the routes. Calls nothing of `context` or `health` before a request comes, so that the document can be made without them. */
export function apiRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<keyof Domain>,
  health: HealthOptions,
): void {
  webCallRoutes(app, context);
  mediaGrantRoutes(app, context);
  widgetRoutes(app, context);
  // Before `/v1/calls/{call_id}`, which they would be taken for.
  historyRoutes(app, context);
  callerReportRoutes(app, context);
  analysisRoutes(app, context);
  callRoutes(app, context);
  transcriptRoutes(app, context);
  liveRoutes(app, context);
  privacyRoutes(app, context);
  recordingRoutes(app, context);
  agentRoutes(app, context);
  apiKeyRoutes(app, context);
  webhookRoutes(app, context);
  webhookDeliveryRoutes(app, context);
  agentJobRoutes(app, context);
  agentJobTransferRoutes(app, context);
  livekitRoutes(app, context);
  healthRoutes(app, health);
}
