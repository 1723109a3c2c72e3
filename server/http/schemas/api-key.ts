/** API keys. */
import { z } from '@hono/zod-openapi';
import { readOrigin } from '../../domain/keys/origin.js';
import { counted, instant, pageOf } from './common.js';
import { component } from './component.js';

const kind = component(
  'ApiKeyKind',
  'A publishable key starts calls from its origins and does nothing else; a secret key does everything else.',
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
      'Of a site, e.g. https://shop.example; of all subdomains of a name, e.g. https://*.shop.example, which the name itself is not, and under which no stranger has a name (co.uk, github.io); or of an app, e.g. capacitor://localhost or chrome-extension://<id>. Kept as browsers send it.',
    example: 'https://shop.example',
  });

const about = (description: string) => counted.nullable().describe(description);
const keyLimits = component(
  'KeyLimits',
  'What calls with a key may use up.',
  z.object({
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
      'Where calls may be started from, e.g. `https://shop.example`, `https://*.shop.example`, `capacitor://localhost`. ' +
        'At most 50; a publishable key needs at least one, a secret key has none.',
    ),
};

/** Makes a key. */
export const createApiKeyRequest = component(
  'CreateApiKeyRequest',
  'Makes a key.',
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

/** Changes a key. */
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
  prefix: z.string().describe('The first characters, enough to recognise it.'),
  allowed_origins: z.array(z.string()).describe('Where calls may be started from.'),
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

/** The only answer with the key itself. */
export const createdApiKey = component(
  'CreatedApiKey',
  'The only answer that holds the key itself.',
  z.object({
    ...apiKeyShape,
    key: z.string().describe('The key: `dnx_pk_…` or `dnx_sk_…`. Shown this once.'),
  }),
);

/** A page of keys. */
export const apiKeyPage = component('ApiKeyPage', 'A page of keys.', pageOf(apiKey));
