/** `/v1/widget`: what the element on a page takes from the published version. */
import { createHash } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { endpoint, reply } from '../routing/endpoint.js';
import { hasTag } from '../request/has-tag.js';
import { publishedWidget, widgetQuery } from '../schemas/widget.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

const headers = z.object({
  'if-none-match': z
    .string()
    .optional()
    .describe('`ETag` of an earlier answer: 304 while it would be the same.'),
});

/** Registers the route. */
export function widgetRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<'readWidget'>,
): void {
  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/widget',
      tag: 'Web calls',
      summary: 'Read what the element takes from the published version',
      description:
        'For pages, before a call: `widget` of the version that a call with the same names would run, and nothing else of it. Whoever may start that call may ' +
        'read this, and is refused for the same reasons. It starts nothing and counts as no start; 600 readings a minute of one address.',
      guard: guards.reader,
      query: widgetQuery,
      headers,
      answers: {
        200: { description: 'What the version says', schema: publishedWidget },
        304: { description: 'What `If-None-Match` names is what the version says' },
      },
      refusals: ['not_found', 'version_not_published'],
    },
    async ({ c, principal, query }) => {
      const body = await verbs.readWidget(principal, query);
      const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url');
      // A weak one: what is sent may be compressed.
      const etag = `W/"${hash.slice(0, 22)}"`;
      c.header('etag', etag);
      // A version that is published now is the one that the next page shows.
      c.header('cache-control', 'private, no-cache');
      if (hasTag(c.req.header('if-none-match'), etag)) return reply(304, null);
      return reply(200, body);
    },
  );
}
