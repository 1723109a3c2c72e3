/** `/v1/api-keys`: create, list, change and revoke keys. */
import { z } from '@hono/zod-openapi';
import { endpoint } from '../routing/endpoint.js';
import { onceOnly } from '../idempotency/idempotently.js';
import {
  apiKey,
  apiKeyPage,
  createApiKeyRequest,
  createdApiKey,
  updateApiKeyRequest,
} from '../schemas/api-key.js';
import { idempotencyHeader, pageQuery } from '../schemas/common.js';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../routing/http-env.js';
import type { RouteContext } from '../routing/route-context.js';

type KeyVerb = 'idempotent' | 'createApiKey' | 'listApiKeys' | 'updateApiKey' | 'revokeApiKey';

const keyParams = z.object({ key_id: z.string().describe('The key, `key_…`.') });

/** Registers the routes. */
export function apiKeyRoutes(
  app: OpenAPIHono<HttpEnv>,
  { verbs, guards }: RouteContext<KeyVerb>,
): void {
  const common = { tag: 'API keys', guard: guards.secret } as const;
  endpoint(
    app,
    {
      ...common,
      method: 'post',
      path: '/v1/api-keys',
      summary: 'Create an API key',
      description:
        'The only answer that holds the key itself: the server stores its hash. A repeat with the same `Idempotency-Key` is refused with `conflict`.',
      headers: idempotencyHeader,
      body: { schema: createApiKeyRequest },
      answers: { 201: { description: 'The key', schema: createdApiKey } },
      refusals: ['conflict', 'idempotency_key_reused'],
    },
    ({ c, principal, body }) =>
      onceOnly(c, verbs, principal, body, () => verbs.createApiKey(principal, body)),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'get',
      path: '/v1/api-keys',
      summary: 'List API keys',
      query: z.strictObject(pageQuery),
      answers: { 200: { description: 'A page of keys', schema: apiKeyPage } },
    },
    ({ principal, query }) => verbs.listApiKeys(principal, query),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'patch',
      path: '/v1/api-keys/{key_id}',
      summary: 'Change an API key',
      description:
        'What is left out stays as it is. The change applies to calls that start after it.',
      params: keyParams,
      body: { schema: updateApiKeyRequest },
      answers: { 200: { description: 'The key', schema: apiKey } },
      refusals: ['not_found'],
    },
    ({ principal, body, param }) => verbs.updateApiKey(principal, param('key_id'), body),
  );
  endpoint(
    app,
    {
      ...common,
      method: 'delete',
      path: '/v1/api-keys/{key_id}',
      summary: 'Revoke an API key',
      description: 'Takes effect at once and cannot be undone. Safe to repeat.',
      params: keyParams,
      answers: { 200: { description: 'The revoked key', schema: apiKey } },
      refusals: ['not_found'],
    },
    ({ principal, param }) => verbs.revokeApiKey(principal, param('key_id')),
  );
}
