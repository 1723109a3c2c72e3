/** Bodies of `/v1/api-keys`: keys, their origins and their limits. */
import { z } from '@hono/zod-openapi';
import { readOrigin } from '../../domain/keys/origin.js';
import { counted, instant, pageOf } from './common.js';
import { component } from './component.js';

const kind = component(
  'ApiKeyKind',
  'A publishable key starts calls from its origins and does nothing else; a secret key does everything else, and starts calls of `/v1/web-calls` too.',
  z.enum(['publishable', 'secret']),
);

const origin = z
  .string()
  .max(300)
  .superRefine((text, context) => {
    const reading = readOrigin(text);
    if ('fault' in reading) context.addIssue({ code: 'custom', message: reading.fault });
  })
  .openapi({
    description:
      'The origin of a site, e.g. https://shop.example; of all subdomains of a name, e.g. https://*.shop.example, which does not include the name itself and is refused for shared suffixes (co.uk, github.io); or of an app, e.g. capacitor://localhost or chrome-extension://<id>. Kept as browsers send it.',
    example: 'https://shop.example',
  });

const about = (description: string) => counted.nullable().describe(description);
const keyLimits = component(
  'KeyLimits',
  'Limits on the calls of a key.',
  z.object({
    open_calls_per_address: about(
      "Open calls of one network address, at most. null: the workspace's own limit, by default half of the calls that it may have open at once. Publishable keys only.",
    ),
    open_calls_per_visitor: about(
      "Open calls of one visitor (a browser at a network address, told apart by what its request says of it), at most. null: the workspace's own limit, by default the limit of the address. Publishable keys only.",
    ),
    calls_per_hour: about(
      'Calls started within any hour, at most. null: no limit. Default for a publishable key: 1,000.',
    ),
    minutes_per_day: about(
      'Minutes of calls within any 24 hours, at most: then no new call starts, and open ones go on. null: no limit. Default for a publishable key: 2,000.',
    ),
  }),
);
const limits = keyLimits.shape;
const given = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .describe('What the key is called. At most 100 characters.'),
  allowed_origins: z
    .array(origin)
    .max(50)
    .describe(
      'Origins from which calls may be started, e.g. `https://shop.example`, `https://*.shop.example`, `capacitor://localhost`. ' +
        'At most 50; a publishable key needs at least one, a secret key has none.',
    ),
};

/** Body of `POST /v1/api-keys`. */
export const createApiKeyRequest = component(
  'CreateApiKeyRequest',
  'Creates a key.',
  z
    .strictObject({
      name: given.name,
      kind: kind.describe('What the key may do.'),
      allowed_origins: given.allowed_origins.optional(),
      expires_at: instant
        .optional()
        .describe('From when on the key is refused. ISO 8601. Default: never.'),
      ...keyLimits.partial().shape,
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
    }),
);

/** Body of `PATCH /v1/api-keys/{key_id}`. */
export const updateApiKeyRequest = component(
  'UpdateApiKeyRequest',
  'Changes a key; what is left out stays as it is.',
  z
    .strictObject({
      ...given,
      expires_at: instant
        .nullable()
        .describe('From when on the key is refused. ISO 8601. null: never.'),
      ...limits,
    })
    .partial(),
);

const apiKeyShape = {
  id: z.string().describe('`key_…`.'),
  name: z.string().describe('What the key is called.'),
  kind: kind.describe('What the key may do.'),
  prefix: z.string().describe('The first characters of the key, to recognise it by.'),
  allowed_origins: z.array(z.string()).describe('Origins from which calls may be started.'),
  created_at: instant.describe('When it was made. ISO 8601.'),
  expires_at: instant.nullable().describe('From when on it is refused, ISO 8601; null: never.'),
  revoked_at: instant.nullable().describe('When it was revoked, ISO 8601; null while it is not.'),
  last_used_at: instant
    .nullable()
    .describe('When it was last used, ISO 8601; null before the first time.'),
  ...limits,
};

/** A key without its secret part. */
export const apiKey = component('ApiKey', 'A key without its secret part.', z.object(apiKeyShape));

/** Answer of `POST /v1/api-keys`: the only one with the key itself. */
export const createdApiKey = component(
  'CreatedApiKey',
  'A new key: the only answer that holds the key itself.',
  z.object({
    ...apiKeyShape,
    key: z.string().describe('The key itself: `dnx_pk_…` or `dnx_sk_…`. Shown this once.'),
  }),
);

/** A page of keys. */
export const apiKeyPage = component('ApiKeyPage', 'A page of keys.', pageOf(apiKey));
