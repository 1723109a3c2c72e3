/** `/v1/calls`: the call history, and timeline and recording of one call. */
import { z } from '@hono/zod-openapi';
import { endpoint, reply } from '../routing/endpoint.js';
import { HttpError } from '../errors/http-error.js';
import { explanationQuery } from '../schemas/explanation.js';
import { ABOUT_FILTERS, filtersOf, listCallsQuery } from '../schemas/call-filters.js';
import { callParams } from '../schemas/common.js';
import { withRecordingLink } from '../links/recording-link.js';
import { call, callPage, callRecording, timelineAnswer } from '../schemas/call.js';
import { preferredLanguage } from '../../domain/explanation/texts/languages.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type CallVerb = 'listCalls' | 'getCall' | 'getTimeline' | 'getRecording';

/** Registers the routes. */
export function callRoutes(app: OpenAPIHono<HttpEnv>, context: RouteContext<CallVerb>): void {
  const { verbs, guards } = context;
  const common = { method: 'get', tag: 'Calls', guard: guards.secret } as const;
  const one = { ...common, params: callParams, refusals: ['not_found'] } as const;

  endpoint(
    app,
    {
      ...common,
      path: '/v1/calls',
      summary: 'List calls',
      description: `Newest first, unless sorted otherwise. ${ABOUT_FILTERS}`,
      query: listCallsQuery,
      answers: { 200: { description: 'A page of calls', schema: callPage } },
    },
    ({ principal, query }) => verbs.listCalls(principal, filtersOf(query), query.count === 'true'),
  );

  endpoint(
    app,
    {
      ...one,
      path: '/v1/calls/{call_id}',
      summary: 'Read a call',
      description:
        'The whole detail. `explanation` is in the language of the query, or in the one that `Accept-Language` likes best, or in English.',
      query: explanationQuery,
      answers: { 200: { description: 'The whole detail', schema: call } },
    },
    async ({ c, principal, param, query }) => {
      c.header('vary', 'Accept-Language', { append: true });
      const language = query.language ?? preferredLanguage(c.req.header('accept-language'));
      const found = await verbs.getCall(principal, param('call_id'), language);
      const recording = withRecordingLink(found.recording, found.id, context);
      return { ...found, recording };
    },
  );

  endpoint(
    app,
    {
      ...one,
      path: '/v1/calls/{call_id}/events',
      summary: 'Read the timeline',
      answers: { 200: { description: 'The timeline in order', schema: timelineAnswer } },
    },
    async ({ principal, param }) => {
      const callId = param('call_id');
      const timeline = await verbs.getTimeline(principal, callId);
      return { call_id: callId, timeline };
    },
  );

  endpoint(
    app,
    {
      ...one,
      path: '/v1/calls/{call_id}/recording',
      summary: 'Get a link to the recording',
      description:
        'Answers the link and its expiry as JSON; with `redirect=true` it redirects to the file.',
      query: z.strictObject({
        redirect: z
          .enum(['true', 'false'])
          .optional()
          .describe('`true`: redirects to the file. Default `false`.'),
      }),
      answers: {
        200: { description: 'The recording and its link', schema: callRecording },
        302: { description: 'Redirect to the file' },
      },
    },
    async ({ c, principal, param, query }) => {
      const id = param('call_id');
      const recording = withRecordingLink(await verbs.getRecording(principal, id), id, context);
      if (query.redirect !== 'true') return reply(200, recording);
      if (!recording.url) throw HttpError.notFound();
      c.header('location', recording.url);
      return reply(302, null);
    },
  );
}
