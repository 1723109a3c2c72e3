/** `/v1/webhooks/{webhook_id}/deliveries`: what was sent, what was answered, and sending it again. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../routing/endpoint.js';
import {
  listDeliveriesQuery,
  redeliverRequest,
  redelivered,
  webhookDelivery,
  webhookDeliveryDetail,
  webhookDeliveryPage,
} from '../schemas/webhook.js';
import { webhookParams } from './webhooks.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type DeliveryVerb = 'listDeliveries' | 'getDelivery' | 'redeliverOne' | 'redeliverRange';

const deliveryParams = webhookParams.extend({
  delivery_id: z.string().describe('The delivery, `del_…`.'),
});

/** Registers the routes. */
export function webhookDeliveryRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<DeliveryVerb>,
): void {
  const common = { tag: 'Webhooks', guard: guards.secret, refusals: ['not_found'] } as const;
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/webhooks/{webhook_id}/deliveries',
      summary: 'List deliveries',
      description:
        'Newest first, of the last 30 days. Filters that are given must all match; one with several values, separated by commas, matches any of them.',
      params: webhookParams,
      query: listDeliveriesQuery,
      answers: { 200: { description: 'A page of deliveries', schema: webhookDeliveryPage } },
    },
    ({ principal, param, query: { limit, cursor, ...filters } }) =>
      verbs.listDeliveries(principal, param('webhook_id'), filters, { limit, cursor }),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/deliveries/redeliver',
      summary: 'Redeliver a range',
      description:
        'Owes what matches again, each event once and in the first order, with the same `webhook-id`.',
      params: webhookParams,
      body: { schema: redeliverRequest },
      answers: { 202: { description: 'How many', schema: redelivered } },
    },
    ({ principal, body, param }) => verbs.redeliverRange(principal, param('webhook_id'), body),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/webhooks/{webhook_id}/deliveries/{delivery_id}',
      summary: 'Read a delivery',
      params: deliveryParams,
      answers: { 200: { description: 'The delivery', schema: webhookDeliveryDetail } },
    },
    ({ principal, param }) =>
      verbs.getDelivery(principal, param('webhook_id'), param('delivery_id')),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver',
      summary: 'Redeliver one',
      description: 'Owes it again, with the same `webhook-id`.',
      params: deliveryParams,
      answers: { 202: { description: 'The new delivery', schema: webhookDelivery } },
      refusals: ['not_found', 'conflict'],
    },
    ({ principal, param }) =>
      verbs.redeliverOne(principal, param('webhook_id'), param('delivery_id')),
  );
}
