/** `/v1/webhooks`: endpoints that are told of calls. */
import { z } from '@hono/zod-openapi';
import { onceOnly } from '../idempotency/idempotently.js';
import { endpoint } from '../routing/endpoint.js';
import { idempotencyHeader, pageQuery } from '../schemas/common.js';
import {
  createWebhookRequest,
  createdWebhook,
  pauseWebhookRequest,
  rotateWebhookRequest,
  updateWebhookRequest,
  webhook,
  webhookPage,
  webhookTest,
} from '../schemas/webhook.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type WebhookVerb =
  | 'idempotent'
  | 'createWebhook'
  | 'listWebhooks'
  | 'getWebhook'
  | 'updateWebhook'
  | 'deleteWebhook'
  | 'testWebhook'
  | 'rotateWebhook'
  | 'pauseWebhook'
  | 'resumeWebhook';

/** The part of a path that names an endpoint. */
export const webhookParams = z.object({
  webhook_id: z.string().describe('The endpoint, `wh_…`.'),
});

const ONE = { 200: { description: 'The endpoint', schema: webhook } } as const;

/** Registers the routes. */
export function webhookRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<WebhookVerb>,
): void {
  const common = { tag: 'Webhooks', guard: guards.secret } as const;
  const one = { ...common, params: webhookParams, refusals: ['not_found'] } as const;
  endpoint(
    app,
    {
      ...common,
      method: 'post',
      path: '/v1/webhooks',
      summary: 'Register a webhook',
      description:
        'Posts a `verification` to the address first, and saves nothing unless that is answered with a 2xx within 10 seconds. The only answer, with that of a rotation, that holds a secret. A workspace has at most 20. The events and the envelope are those of the newest form of the platform; registrations by REST are many, as in its `/v1/user-webhooks`.',
      headers: idempotencyHeader,
      body: { schema: createWebhookRequest },
      answers: { 201: { description: 'The endpoint and its secret', schema: createdWebhook } },
      refusals: ['conflict', 'idempotency_key_reused'],
    },
    ({ c, principal, body }) =>
      onceOnly(c, verbs, principal, body, () => verbs.createWebhook(principal, body)),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/webhooks',
      summary: 'List webhooks',
      query: z.strictObject(pageQuery),
      answers: { 200: { description: 'A page of endpoints', schema: webhookPage } },
    },
    ({ principal, query }) => verbs.listWebhooks(principal, query),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'get',
      path: '/v1/webhooks/{webhook_id}',
      summary: 'Read a webhook',
      answers: ONE,
    },
    ({ principal, param }) => verbs.getWebhook(principal, param('webhook_id')),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'patch',
      path: '/v1/webhooks/{webhook_id}',
      summary: 'Change a webhook',
      description: 'What is left out stays as it is. Another `url` is verified before it is saved.',
      body: { schema: updateWebhookRequest },
      answers: ONE,
    },
    ({ principal, body, param }) => verbs.updateWebhook(principal, param('webhook_id'), body),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'delete',
      path: '/v1/webhooks/{webhook_id}',
      summary: 'Delete a webhook',
      description: 'Takes effect at once: nothing that it is owed is sent any more.',
      answers: { 200: { description: 'The deleted endpoint', schema: webhook } },
    },
    ({ principal, param }) => verbs.deleteWebhook(principal, param('webhook_id')),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/test',
      summary: 'Test a webhook',
      description: 'Posts a `verification` now, and answers what came of it.',
      answers: { 200: { description: 'What came of it', schema: webhookTest } },
    },
    ({ principal, param }) => verbs.testWebhook(principal, param('webhook_id')),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/rotate',
      summary: 'Rotate the secret of a webhook',
      description:
        'A new secret signs from now on, and those before it for `overlap_sec` as well: `webhook-signature` then holds a signature for each, `x-dialnexa-signature` the one of the newest.',
      headers: idempotencyHeader,
      body: { schema: rotateWebhookRequest, allowEmpty: true },
      answers: { 201: { description: 'The endpoint and its new secret', schema: createdWebhook } },
      refusals: ['not_found', 'conflict', 'idempotency_key_reused'],
    },
    ({ c, principal, body, param }) =>
      onceOnly(c, verbs, principal, body, () =>
        verbs.rotateWebhook(principal, param('webhook_id'), body),
      ),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/pause',
      summary: 'Pause a webhook',
      description:
        'Nothing is sent until it is resumed. What it is owed meanwhile waits for 24 hours, and can be redelivered for 30 days. Safe to repeat.',
      body: { schema: pauseWebhookRequest, allowEmpty: true },
      answers: ONE,
    },
    ({ principal, body, param }) => verbs.pauseWebhook(principal, param('webhook_id'), body),
  );
  endpoint(
    app,
    {
      ...one,
      method: 'post',
      path: '/v1/webhooks/{webhook_id}/resume',
      summary: 'Resume a webhook',
      description: 'What it is owed is sent at once. Safe to repeat.',
      answers: ONE,
    },
    ({ principal, param }) => verbs.resumeWebhook(principal, param('webhook_id')),
  );
}
