/** `/v1/calls/…/analyze`: the analysis of calls that have ended, once more. */
import { endpoint } from '../routing/endpoint.js';
import { analyzeCallAnswer, analyzeCallsAnswer } from '../schemas/analysis.js';
import { filtersOf, listCallsQuery } from '../schemas/call-filters.js';
import { callParams } from '../schemas/common.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

/** Registers the routes. */
export function analysisRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<'analyzeCall' | 'analyzeCalls'>,
): void {
  const common = { method: 'post', tag: 'Calls', guard: guards.secret } as const;

  endpoint(
    app,
    {
      ...common,
      path: '/v1/calls/analyze',
      summary: 'Analyse calls again',
      description:
        'Takes the filters of `GET /v1/calls`, and queues the analysis of the calls of that page: at most `limit`, then `cursor` leads on. Calls that go on or may not be stored are left out. What an earlier analysis found stays until the new one is made.',
      query: listCallsQuery,
      answers: { 202: { description: 'Queued', schema: analyzeCallsAnswer } },
    },
    ({ principal, query }) => verbs.analyzeCalls(principal, filtersOf(query)),
  );

  endpoint(
    app,
    {
      ...common,
      path: '/v1/calls/{call_id}/analyze',
      summary: 'Analyse a call again',
      description:
        'Queues it, also where it was given up. What an earlier analysis found stays until the new one is made.',
      params: callParams,
      answers: { 202: { description: 'Queued', schema: analyzeCallAnswer } },
      refusals: ['not_found', 'conflict'],
    },
    ({ principal, param }) => verbs.analyzeCall(principal, param('call_id')),
  );
}
