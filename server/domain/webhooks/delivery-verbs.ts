/** What was delivered to an endpoint, and delivering it again. */
import type { Page } from '../../../sdk/wire/call.js';
import type {
  Redelivered,
  RedeliverRequest,
  WebhookDelivery,
  WebhookDeliveryDetail,
} from '../../../sdk/wire/webhook.js';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../keys/principal.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { DeliveryFilters } from '../ports/webhook-store.js';
import { showDelivery } from './show-webhook.js';
import { plainHeaders } from './sign-delivery.js';
import { webhookBody } from './webhook-body.js';
import { findWebhook } from './webhook-verbs.js';

const MOST_REDELIVERED = 10_000;

/** Newest first. Throws `not_found`. */
export async function listDeliveries(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  filters: DeliveryFilters,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const { id } = await findWebhook(ports, principal, webhookId);
  const { rows, cursor } = await ports.store.listDeliveries(id, filters, pageLimit(page));
  return { data: rows.map(showDelivery), next_cursor: cursor };
}

/** One with its request. Throws `not_found`. */
export async function getDelivery(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  deliveryId: string,
): Promise<WebhookDeliveryDetail> {
  const { id, url } = await findWebhook(ports, principal, webhookId);
  const row = await ports.store.findDelivery(id, deliveryId);
  if (!row) throw DomainError.notFound('delivery');
  const body = await webhookBody(ports, row, await ports.store.findWholeCall(row.call_id));
  const message = { id: row.message_id, body: body ?? '', at: ports.clock.now() };
  const request = body === null ? null : { url, headers: plainHeaders(message, false), body };
  return { ...showDelivery(row), request };
}

/** Owes it again. Throws `not_found`, or `conflict` while it is pending. */
export async function redeliverOne(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const { id } = await findWebhook(ports, principal, webhookId);
  const found = await ports.store.findDelivery(id, deliveryId);
  if (!found) throw DomainError.notFound('delivery');
  const now = ports.clock.now();
  const again = await ports.store.redeliver(id, { delivery_id: deliveryId }, now, 1);
  const [row] = again ?? [];
  if (!row) throw DomainError.conflict('This delivery is pending: it will be sent anyway.');
  return showDelivery(row);
}

/** Owes all that match again. Throws `not_found`, or `validation_failed` when these are too many. */
export async function redeliverRange(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  { start_date, end_date, event_type, status }: RedeliverRequest,
): Promise<Redelivered> {
  const { id } = await findWebhook(ports, principal, webhookId);
  const now = ports.clock.now();
  const filters: DeliveryFilters = {
    start_date,
    end_date: end_date ?? now.toISOString(),
    event_type,
    status: status ?? ['failed'],
  };
  const rows = await ports.store.redeliver(id, filters, now, MOST_REDELIVERED);
  if (!rows) {
    const fault = `start_date: more than ${MOST_REDELIVERED} deliveries match. Ask for a part of them.`;
    throw DomainError.validationFailed([fault]);
  }
  return { count: rows.length };
}
