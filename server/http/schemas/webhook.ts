/** Bodies of `/v1/webhooks`: endpoints, their secrets, and what was delivered to them. */
import { z } from '@hono/zod-openapi';
import { instant, pageOf, pageQuery, queriedInstant, severalIds, severalOf } from './common.js';
import { component } from './component.js';
import { webhookCallEvent } from './webhook-event.js';

const text = z.string().nullable();
const milliseconds = z.number().describe('Milliseconds until the answer, or until there was none.');

const status = component(
  'WebhookStatus',
  'Whether an endpoint is sent anything. What a paused one is owed waits for 24 hours, and can be redelivered for 30 days.',
  z.enum(['active', 'paused']),
);
const pauseReason = component(
  'WebhookPauseReason',
  'Why an endpoint is paused. `operator`: by a request. `gone`: it answered 410. `failing`: a delivery was given up after 24 hours in which none succeeded.',
  z.enum(['operator', 'gone', 'failing']),
);

const given = {
  url: z
    .string()
    .max(2_000)
    .describe(
      'Where deliveries are posted: `https:`, without user and password, and no address of a private network. At most 2,000 characters. It must answer a `verification` with a 2xx before it is saved.',
    ),
  events: z
    .array(webhookCallEvent)
    .min(1)
    .max(webhookCallEvent.options.length)
    .describe('What the endpoint is told. Default: everything.'),
  description: z.string().trim().max(200).describe('Whatever helps to recognise it.'),
};
const secret = z
  .string()
  .regex(
    /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    'must be whsec_ and 24 to 64 bytes as base64',
  )
  .describe(
    'A secret of your own, so that the endpoint knows it before the `verification` comes: `whsec_` and 24 to 64 random bytes as base64. Default: a new one.',
  );

/** Body of `POST /v1/webhooks`. */
export const createWebhookRequest = component(
  'CreateWebhookRequest',
  'Registers an endpoint.',
  z.strictObject({
    url: given.url,
    events: given.events.optional(),
    description: given.description.optional(),
    secret: secret.optional(),
  }),
);

/** Body of `PATCH /v1/webhooks/{webhook_id}`. */
export const updateWebhookRequest = component(
  'UpdateWebhookRequest',
  'Changes an endpoint; what is left out stays as it is. Another `url` is verified first.',
  z.strictObject(given).partial(),
);

/** Body of `POST /v1/webhooks/{webhook_id}/rotate`. */
export const rotateWebhookRequest = component(
  'RotateWebhookRequest',
  'Gives an endpoint a new secret.',
  z.strictObject({
    secret: secret.optional(),
    overlap_sec: z
      .int()
      .min(0)
      .max(604_800)
      .optional()
      .describe('Seconds for which the secrets before it sign as well. Default a day.'),
  }),
);

/** Body of `POST /v1/webhooks/{webhook_id}/pause`. */
export const pauseWebhookRequest = component(
  'PauseWebhookRequest',
  'Pauses an endpoint.',
  z.strictObject({
    note: z.string().trim().max(500).optional().describe('Why; shown with the endpoint.'),
  }),
);

const webhookShape = {
  id: z.string().describe('`wh_…`.'),
  url: z.string().describe('Where deliveries are posted.'),
  description: z.string().describe('Whatever helps to recognise it.'),
  events: z.array(webhookCallEvent).describe('What the endpoint is told.'),
  status: status.describe('Whether it is sent anything.'),
  paused_at: instant.nullable().describe('Since when it is paused, ISO 8601; null: it is not.'),
  pause_reason: pauseReason.nullable().describe('Why it is paused; null: it is not.'),
  pause_note: text.describe('The same in a sentence.'),
  secrets_valid: z.int().describe('How many secrets sign now: 1, or more after a rotation.'),
  failures: z.int().describe('Attempts in a row that failed.'),
  last_attempt_at: instant.nullable().describe('When something was last sent. ISO 8601.'),
  last_response_status: z
    .int()
    .nullable()
    .describe('The HTTP status of that; null when no answer came, or nothing was sent yet.'),
  last_success_at: instant.nullable().describe('When a delivery last succeeded. ISO 8601.'),
  created_at: instant.describe('When it was registered. ISO 8601.'),
  updated_at: instant.describe('When it was last changed. ISO 8601.'),
};

/** An endpoint without its secrets. */
export const webhook = component(
  'Webhook',
  'An endpoint that is told of calls, without its secrets.',
  z.object(webhookShape),
);

/** Answer of `POST /v1/webhooks` and of a rotation: the only ones with a secret. */
export const createdWebhook = component(
  'CreatedWebhook',
  'An endpoint with its new secret: the only answers that hold one.',
  z.object({
    ...webhookShape,
    secret: z.string().describe('`whsec_…`; it signs what is sent. Shown this once.'),
  }),
);

/** A page of endpoints. */
export const webhookPage = component('WebhookPage', 'A page of endpoints.', pageOf(webhook));

/** Answer of `POST /v1/webhooks/{webhook_id}/test`. */
export const webhookTest = component(
  'WebhookTest',
  'What became of a `verification` that was sent just now.',
  z.object({
    is_success: z.boolean().describe('Whether it was answered with a 2xx.'),
    response_status: z.int().nullable().describe('The HTTP status; null when no answer came.'),
    response_body: text.describe("The answer's first 4 KiB."),
    error: text.describe('What went wrong, in one sentence; null after a 2xx.'),
    duration_ms: milliseconds,
  }),
);

const attempt = component(
  'WebhookAttempt',
  'One try to deliver.',
  z.object({
    at: instant.describe('When it began. ISO 8601.'),
    url: z.string().describe('Where it went.'),
    duration_ms: milliseconds,
    response_status: z.int().nullable().describe('The HTTP status; null when no answer came.'),
    error: text.describe('What went wrong, in one sentence; null after a 2xx.'),
  }),
);

const deliveryStatus = component(
  'WebhookDeliveryStatus',
  '`pending`: to be sent, perhaps again. `delivered`: answered with a 2xx. `failed`: given up.',
  z.enum(['pending', 'delivered', 'failed']),
);

const deliveryShape = {
  id: z.string().describe('`del_…`.'),
  webhook_id: z.string().describe('The endpoint, `wh_…`.'),
  event_type: webhookCallEvent.describe('What it tells.'),
  call_id: z.string().describe('The call, `call_…`.'),
  message_id: z
    .string()
    .describe('`webhook-id`, `msg_…`: the same for every attempt and redelivery of one event.'),
  parent_delivery_id: text.describe('The delivery that this one repeats; null: none.'),
  status: deliveryStatus.describe('What became of it.'),
  created_at: instant.describe('When it was owed. ISO 8601.'),
  next_attempt_at: instant
    .nullable()
    .describe('When it is sent, unless the endpoint is paused. ISO 8601; null: never again.'),
  delivered_at: instant.nullable().describe('When it was answered with a 2xx. ISO 8601.'),
  attempts: z.array(attempt).describe('In order.'),
  response_body: text.describe(
    "The last answer's first 4 KiB; null when none came, or what the call was about may not be stored.",
  ),
};

/** A row of the deliveries. */
export const webhookDelivery = component(
  'WebhookDelivery',
  'One event that is owed to one endpoint, and what became of it.',
  z.object(deliveryShape),
);

/** One delivery with its request. */
export const webhookDeliveryDetail = component(
  'WebhookDeliveryDetail',
  'A delivery with its request.',
  z.object({
    ...deliveryShape,
    request: z
      .object({
        url: z.string().describe('Where it goes.'),
        headers: z.record(z.string(), z.string()).describe('Its headers, without the signatures.'),
        body: z.string().describe('Its body.'),
      })
      .nullable()
      .describe(
        'The request as it would be sent now: bodies are made of the call record and not stored. null: the record is gone.',
      ),
  }),
);

/** A page of deliveries. */
export const webhookDeliveryPage = component(
  'WebhookDeliveryPage',
  'A page of deliveries.',
  pageOf(webhookDelivery),
);

/** Filters of `GET /v1/webhooks/{webhook_id}/deliveries`. */
export const listDeliveriesQuery = z.strictObject({
  ...pageQuery,
  event_type: severalOf(webhookCallEvent.options),
  status: severalOf(deliveryStatus.options),
  call_id: severalIds('call'),
  start_date: queriedInstant('Deliveries that were owed then or later.'),
  end_date: queriedInstant('Deliveries that were owed then or before.'),
});

/** Body of `POST /v1/webhooks/{webhook_id}/deliveries/redeliver`. */
export const redeliverRequest = component(
  'RedeliverRequest',
  'Which deliveries are made again, at most 10,000: everything given must match.',
  z.strictObject({
    start_date: instant.describe('Those that were owed then or later. ISO 8601.'),
    end_date: instant.optional().describe('Those that were owed then or before. Default: now.'),
    event_type: z.array(webhookCallEvent).min(1).optional().describe('Default: every event.'),
    status: z
      .array(z.enum(['delivered', 'failed']))
      .min(1)
      .optional()
      .describe('Default: those that failed.'),
  }),
);

/** Its answer. */
export const redelivered = component(
  'Redelivered',
  'What was owed again.',
  z.object({ count: z.int().describe('How many deliveries; each event counts once.') }),
);
