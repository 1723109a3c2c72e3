/** `backend.webhooks`: endpoints that are told of calls, and what was delivered to them. */
import type { Ask, RequestOptions } from '../rest/core/open-rest.js';
import type { Page } from '../wire/call.js';
import type {
  CreateWebhookRequest,
  CreatedWebhook,
  PauseWebhookRequest,
  RedeliverRequest,
  Redelivered,
  RotateWebhookRequest,
  UpdateWebhookRequest,
  Webhook,
  WebhookCallEvent,
  WebhookDelivery,
  WebhookDeliveryDetail,
  WebhookTest,
} from '../wire/webhook.js';
import { createRequest, type CreateOptions } from './create-options.js';
import { everyRow, type PageQuery } from './every-row.js';
import { pathOf } from './path-of.js';

/** Which deliveries; a filter with several values matches any of them. */
export interface ListDeliveriesFilter extends PageQuery {
  event_type?: WebhookCallEvent | readonly WebhookCallEvent[];
  status?: WebhookDelivery['status'] | readonly WebhookDelivery['status'][];
  call_id?: string | readonly string[];
  /** Those that were owed then or later. ISO 8601. */
  start_date?: string;
  /** Those that were owed then or before. ISO 8601. */
  end_date?: string;
}

/**
 * `backend.webhooks`. What arrives is checked with `verifyWebhook`.
 *
 * @example
 * const { id, secret } = await backend.webhooks.create({ url: 'https://example.com/hooks' });
 * for await (const one of backend.webhooks.allDeliveries(id, { status: 'failed' })) console.log(one.call_id);
 */
export class WebhooksApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Registers an endpoint, which must answer a `verification` with a 2xx. Only this answer holds the secret: when it is
   * lost, a retry rejects with `conflict`, whose message names the id.
   */
  create(request: CreateWebhookRequest, options: CreateOptions = {}): Promise<CreatedWebhook> {
    return this.#ask(createRequest('/v1/webhooks', request, options));
  }

  /** One page of endpoints, newest first. */
  list(query: PageQuery = {}, options: RequestOptions = {}): Promise<Page<Webhook>> {
    return this.#ask({ method: 'GET', path: '/v1/webhooks', query, ...options });
  }

  /** All endpoints, newest first. */
  all(query: PageQuery = {}, options: RequestOptions = {}): AsyncGenerator<Webhook> {
    return everyRow(query, (page) => this.list(page, options));
  }

  /** Reads an endpoint. Rejects with `not_found`. */
  get(webhookId: string, options: RequestOptions = {}): Promise<Webhook> {
    return this.#ask({ method: 'GET', path: pathOf`/v1/webhooks/${webhookId}`, ...options });
  }

  /** Changes an endpoint; what is left out stays as it is. Another `url` is verified first. */
  update(
    webhookId: string,
    request: UpdateWebhookRequest,
    options: RequestOptions = {},
  ): Promise<Webhook> {
    const path = pathOf`/v1/webhooks/${webhookId}`;
    return this.#ask({ method: 'PATCH', path, body: request, ...options });
  }

  /** Deletes an endpoint: nothing that it is owed is sent any more. */
  delete(webhookId: string, options: RequestOptions = {}): Promise<Webhook> {
    return this.#ask({ method: 'DELETE', path: pathOf`/v1/webhooks/${webhookId}`, ...options });
  }

  /** Posts a `verification` now; resolves with what came of it. */
  test(webhookId: string, options: RequestOptions = {}): Promise<WebhookTest> {
    return this.#ask({ method: 'POST', path: pathOf`/v1/webhooks/${webhookId}/test`, ...options });
  }

  /** A new secret, in this answer only; those before it stay valid for a day, or `overlap_sec`. */
  rotate(
    webhookId: string,
    request: RotateWebhookRequest = {},
    options: CreateOptions = {},
  ): Promise<CreatedWebhook> {
    return this.#ask(createRequest(pathOf`/v1/webhooks/${webhookId}/rotate`, request, options));
  }

  /** Sends nothing until it is resumed. */
  pause(
    webhookId: string,
    request: PauseWebhookRequest = {},
    options: RequestOptions = {},
  ): Promise<Webhook> {
    const path = pathOf`/v1/webhooks/${webhookId}/pause`;
    return this.#ask({ method: 'POST', path, body: request, ...options });
  }

  /** Sends again, what it is owed at once. */
  resume(webhookId: string, options: RequestOptions = {}): Promise<Webhook> {
    return this.#ask({
      method: 'POST',
      path: pathOf`/v1/webhooks/${webhookId}/resume`,
      ...options,
    });
  }

  /** One page of deliveries, newest first. */
  deliveries(
    webhookId: string,
    filter: ListDeliveriesFilter = {},
    options: RequestOptions = {},
  ): Promise<Page<WebhookDelivery>> {
    const path = pathOf`/v1/webhooks/${webhookId}/deliveries`;
    return this.#ask({ method: 'GET', path, query: filter, ...options });
  }

  /** All deliveries that match, newest first. */
  allDeliveries(
    webhookId: string,
    filter: ListDeliveriesFilter = {},
    options: RequestOptions = {},
  ): AsyncGenerator<WebhookDelivery> {
    return everyRow(filter, (query) => this.deliveries(webhookId, query, options));
  }

  /** One delivery with its request. */
  delivery(
    webhookId: string,
    deliveryId: string,
    options: RequestOptions = {},
  ): Promise<WebhookDeliveryDetail> {
    const path = pathOf`/v1/webhooks/${webhookId}/deliveries/${deliveryId}`;
    return this.#ask({ method: 'GET', path, ...options });
  }

  /** Delivers one again. Rejects with `conflict` while it is pending. Each time counts: retried only when the server did nothing. */
  redeliver(
    webhookId: string,
    deliveryId: string,
    options: RequestOptions = {},
  ): Promise<WebhookDelivery> {
    const path = pathOf`/v1/webhooks/${webhookId}/deliveries/${deliveryId}/redeliver`;
    return this.#ask({ method: 'POST', path, isOnce: true, ...options });
  }

  /** Delivers all that match again: by default those that failed. Each time counts: retried only when the server did nothing. */
  redeliverAll(
    webhookId: string,
    request: RedeliverRequest,
    options: RequestOptions = {},
  ): Promise<Redelivered> {
    const path = pathOf`/v1/webhooks/${webhookId}/deliveries/redeliver`;
    return this.#ask({ method: 'POST', path, body: request, isOnce: true, ...options });
  }
}
