/** API keys. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf } from './common.js';
import type { ApiKey, CreateApiKeyRequest, CreatedApiKey } from '../../../sdk/wire/api-key.js';
import type { Exact, Proof } from './exact.js';

const kind = z.enum(['publishable', 'secret']);

const origin = z
  .string()
  .max(300)
  .refine(isOrigin, 'must be an exact origin such as https://shop.example');

/** Makes a key. */
export const createApiKeyRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    kind,
    allowed_origins: z.array(origin).max(50).optional(),
    expires_at: instant.optional(),
  })
  .superRefine((body, context) => {
    const count = body.allowed_origins?.length ?? 0;
    const path = ['allowed_origins'];
    if (body.kind === 'publishable' && count === 0) {
      const message = 'a publishable key needs at least one origin';
      context.addIssue({ code: 'custom', path, message });
    }
    if (body.kind === 'secret' && count > 0) {
      context.addIssue({ code: 'custom', path, message: 'a secret key has no origins' });
    }
  })
  .openapi('CreateApiKeyRequest');

/** A key without its secret part. */
export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    kind,
    prefix: z.string(),
    allowed_origins: z.array(z.string()),
    created_at: instant,
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
    last_used_at: instant.nullable(),
  })
  .openapi('ApiKey');

/** The only answer with the key itself. */
export const createdApiKey = apiKey.extend({ key: z.string() }).openapi('CreatedApiKey');

/** A page of keys. */
export const apiKeyPage = pageOf(apiKey).openapi('ApiKeyPage');

function isOrigin(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  return new URL(value).origin === value;
}

/** These fail to compile when a schema and the wire drift apart. */
export type ApiKeyProofs = [
  Proof<Exact<z.output<typeof createApiKeyRequest>, CreateApiKeyRequest>>,
  Proof<Exact<z.output<typeof apiKey>, ApiKey>>,
  Proof<Exact<z.output<typeof createdApiKey>, CreatedApiKey>>,
];
