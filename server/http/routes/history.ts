/** `/v1/calls/export` and `/v1/calls/statistics`: many calls at once. */
import { endpoint } from '../routing/endpoint.js';
import { acceptedEncodings } from '../request/accepted-encodings.js';
import { exportLines } from '../export/export-lines.js';
import { lineStream } from '../export/line-stream.js';
import {
  ABOUT_FILTERS,
  columnsOf,
  exportCallsQuery,
  filtersOf,
  statisticsQuery,
} from '../schemas/call-filters.js';
import { callStatistics } from '../schemas/call-statistics.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

const CONTENT_TYPE = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' };

/** Registers the routes. */
export function historyRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<'exportCalls' | 'callStatistics'>,
): void {
  const common = { method: 'get', tag: 'Calls', guard: guards.secret } as const;

  endpoint(
    app,
    {
      ...common,
      path: '/v1/calls/export',
      summary: 'Export calls',
      description: `As many rows as there are, streamed; compressed when the request accepts gzip. Times are UTC, with their zone. In CSV a text that a spreadsheet would take for a formula begins with an apostrophe, codes of findings are separated by semicolons, and objects stand as JSON. An answer that breaks off is not whole: go on with the id of the last row as \`cursor\`. ${ABOUT_FILTERS}`,
      query: exportCallsQuery,
      answers: { 200: { description: 'The rows', mediaType: 'text/csv' } },
    },
    async ({ c, principal, query }) => {
      const { format = 'csv', bom } = query;
      const columns = columnsOf(query.columns);
      const batches = verbs.exportCalls(principal, filtersOf(query), columns);
      const isZipped = acceptedEncodings(c.req.header('accept-encoding')).includes('gzip');
      const body = await lineStream(
        exportLines(batches, columns, { format, hasMark: bom === 'true' }),
        isZipped,
      );
      c.header('content-type', CONTENT_TYPE[format]);
      c.header('content-disposition', `attachment; filename="calls.${format}"`);
      c.header('vary', 'Accept-Encoding');
      if (isZipped) c.header('content-encoding', 'gzip');
      return body;
    },
  );

  endpoint(
    app,
    {
      ...common,
      path: '/v1/calls/statistics',
      summary: 'Count calls',
      description: `Figures of the calls that match, of the last thirty days unless the query says otherwise. ${ABOUT_FILTERS}`,
      query: statisticsQuery,
      answers: { 200: { description: 'The figures', schema: callStatistics } },
    },
    ({ principal, query }) => {
      const { interval = 'day', time_zone: timeZone = 'UTC' } = query;
      return verbs.callStatistics(principal, filtersOf(query), { interval, timeZone });
    },
  );
}
