/** `/v1/web-calls/{call_id}/client-report` and `/feedback`: what the call's own page tells of it. */
import { closingPageGuard, tokenOf } from '../access/caller-guard.js';
import { endpoint } from '../routing/endpoint.js';
import { callFeedback } from '../schemas/call-evidence.js';
import { clientReport, feedbackRequest } from '../schemas/caller-report.js';
import { callParams } from '../schemas/common.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

/** Bytes of a report, and of a comment with its rating. */
const BODY_LIMIT = 16_384;

const IN_BODY =
  "With the call's own token as the Bearer token or in the body, which may then be text/plain.";

/** Registers the routes. */
export function callerReportRoutes(
  app: OpenAPIHono<HttpEnv>,
  context: RouteContext<'reportClient' | 'giveFeedback' | 'checkCaller'>,
): void {
  const { verbs } = context;
  const guard = closingPageGuard(context);
  const page = { tag: 'Web calls', guard, params: callParams } as const;
  const body = { limit: BODY_LIMIT, allowText: true, mendsHalves: true } as const;

  for (const [method, summary, description] of [
    [
      'put',
      "Report what the caller's device saw",
      `The whole of it: it replaces the former report, unless that was sent later by its \`sent_at_ms\`, by a minute at most. Accepted until one minute after the end of the call, at most 16 KiB; the record marks it as the word of the device. ${IN_BODY}`,
    ],
    [
      'post',
      "Report what the caller's device saw, from a page that is closing",
      "The same as PUT, for browsers' beacons, which know no other method.",
    ],
  ] as const) {
    endpoint(
      app,
      {
        ...page,
        method,
        path: '/v1/web-calls/{call_id}/client-report',
        summary,
        description,
        body: { schema: clientReport, ...body },
        answers: { 204: { description: 'It is on the record' } },
        refusals: ['call_already_ended'],
      },
      async ({ principal, body: { call_token, ...report }, param }) => {
        await verbs.reportClient(param('call_id'), tokenOf(principal, call_token), report);
        return null;
      },
    );
  }

  endpoint(
    app,
    {
      ...page,
      method: 'post',
      path: '/v1/web-calls/{call_id}/feedback',
      summary: 'Rate a web call',
      description: `What the caller thought of it, during the call and until one hour after its end; the last word counts. The comment is not kept where the version stores no words of callers. ${IN_BODY}`,
      body: { schema: feedbackRequest, ...body },
      answers: { 200: { description: 'What was kept', schema: callFeedback } },
      refusals: ['call_already_ended'],
    },
    ({ principal, body: { call_token, ...feedback }, param }) =>
      verbs.giveFeedback(param('call_id'), tokenOf(principal, call_token), feedback),
  );
}
