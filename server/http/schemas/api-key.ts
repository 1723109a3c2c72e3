/** API keys. */
import { z } from '@hono/zod-openapi';
import { readOrigin } from '../../domain/keys/origin.js';
import { counted, instant, pageOf } from './common.js';
import type {
  ApiKey,
  CreateApiKeyRequest,
  CreatedApiKey,
  UpdateApiKeyRequest,
} from '../../../sdk/wire/api-key.js';
import type { Exact, Proof } from './exact.js';

const kind = z.enum(['publishable', 'secret']);

const origin = z
  .string()
  .max(300)
  .superRefine((text, context) => {
    const reading = readOrigin(text);
    if ('fault' in reading) context.addIssue({ code: 'custom', message: reading.fault });
  })
  .openapi({
    description:
      'Of a site, e.g. https://shop.example; of all subdomains of a name, e.g. https://*.shop.example, which the name itself is not; or of an app, e.g. capacitor://localhost or chrome-extension://<id>. Kept as browsers send it.',
    example: 'https://shop.example',
  });

const about = (description: string) => counted.nullable().openapi({ description });
const limits = {
  open_calls_per_address: about(
    "Open calls of one network address. null: the workspace's share, by default half of its lines. Publishable keys only.",
  ),
  open_calls_per_visitor: about(
    "Open calls of one browser at one address, as far as it says what it is. null: the workspace's share, by default that of the address. Publishable keys only.",
  ),
  calls_per_hour: about(
    'Calls started within any hour. null: any number. Default for a publishable key: 1,000.',
  ),
  minutes_per_day: about(
    'Minutes that calls last within any 24 hours; a call that is open is not cut off. null: any number. Default for a publishable key: 2,000.',
  ),
};
const name = z.string().trim().min(1).max(100);
const allowedOrigins = z.array(origin).max(50);

/** Makes a key. */
export const createApiKeyRequest = z
  .strictObject({
    name,
    kind,
    allowed_origins: allowedOrigins.optional(),
    expires_at: instant.optional(),
    ...z.object(limits).partial().shape,
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

/** Changes a key. */
export const updateApiKeyRequest = z
  .strictObject({
    name,
    allowed_origins: allowedOrigins,
    expires_at: instant.nullable(),
    ...limits,
  })
  .partial()
  .openapi('UpdateApiKeyRequest');

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
    ...limits,
  })
  .openapi('ApiKey');

/** The only answer with the key itself. */
export const createdApiKey = apiKey.extend({ key: z.string() }).openapi('CreatedApiKey');

/** A page of keys. */
export const apiKeyPage = pageOf(apiKey).openapi('ApiKeyPage');

/** These fail to compile when a schema and the wire drift apart. */
export type ApiKeyProofs = [
  Proof<Exact<z.output<typeof createApiKeyRequest>, CreateApiKeyRequest>>,
  Proof<Exact<z.output<typeof updateApiKeyRequest>, UpdateApiKeyRequest>>,
  Proof<Exact<z.output<typeof apiKey>, ApiKey>>,
  Proof<Exact<z.output<typeof createdApiKey>, CreatedApiKey>>,
];
