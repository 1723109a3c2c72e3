/** `/v1/calls/{call_id}/live`: a call while it goes on, as server-sent events. */
import { endpoint } from '../routing/endpoint.js';
import { eventStream } from '../request/event-stream.js';
import { validate } from '../request/validate.js';
import { callParams } from '../schemas/common.js';
import { lastEventIdHeader } from '../schemas/live.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';
import type { LivePosition, PlacedEvent } from '../../domain/live/live-event.js';
import type { ServerSentEvent } from '../request/event-stream.js';

/** Registers the route. */
export function liveRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<'followCall'>,
): void {
  endpoint(
    app,
    {
      method: 'get',
      tag: 'Calls',
      guard: guards.secret,
      path: '/v1/calls/{call_id}/live',
      summary: 'Follow a call while it goes on',
      description:
        "Server-sent events, each with a `LiveEvent` as its data: `state`, `timeline` and `turn` from the call's beginning, `interim` words and `level` as they come, and `ended` at last, some seconds after the call's end, with which the stream closes. A stream that closes without it is read on with `Last-Event-ID`. `interim` and `level` have no id and are not sent again; a version that stores nothing has none, and no turns. At most 10 follow one call.",
      params: callParams,
      headers: lastEventIdHeader,
      answers: { 200: { description: 'The events', mediaType: 'text/event-stream' } },
      refusals: ['not_found', 'conflict'],
    },
    async ({ c, principal, param }) => {
      const given = c.req.header('last-event-id');
      const headers = validate(lastEventIdHeader, given ? { 'last-event-id': given } : {});
      const reader = new AbortController();
      const { signal } = reader;
      const after = positionOf(headers['last-event-id']);
      const events = await verbs.followCall(principal, param('call_id'), { after, signal });
      c.header('content-type', 'text/event-stream');
      // Proxies would keep events back.
      c.header('cache-control', 'no-store, no-transform');
      c.header('x-accel-buffering', 'no');
      if (c.req.method === 'HEAD') {
        await events.return();
        return null;
      }
      return eventStream(sentBy(events), () => reader.abort());
    },
  );
}

function positionOf(id: string | undefined): LivePosition | null {
  if (id === undefined) return null;
  const [timeline = 0, turn = 0] = id.split('-').map(Number);
  return { timeline, turn };
}

async function* sentBy(
  events: AsyncGenerator<PlacedEvent | null, void>,
): AsyncGenerator<ServerSentEvent | null, void> {
  for await (const one of events) {
    const at = one?.position;
    const id = at ? `${at.timeline}-${at.turn}` : null;
    yield one && { event: one.event.type, id, data: one.event };
  }
}
