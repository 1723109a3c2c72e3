/** Endpoints and deliveries in the words of the wire. */
import type { Webhook, WebhookDelivery } from '../../../sdk/wire/webhook.js';
import { isoOrNull } from '../iso.js';
import type { DeliveryRow, WebhookRow } from '../ports/webhook-rows.js';
import { validSecrets } from './webhook-secret.js';

/** An endpoint without its secrets. */
export function showWebhook(row: WebhookRow, now: Date): Webhook {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    events: row.events,
    status: row.status,
    paused_at: isoOrNull(row.paused_at),
    pause_reason: row.pause_reason,
    pause_note: row.pause_note,
    secrets_valid: validSecrets(row.secrets, now).length,
    failures: row.failures,
    last_attempt_at: isoOrNull(row.last_attempt_at),
    last_response_status: row.last_response_status,
    last_success_at: isoOrNull(row.last_success_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

/** A row of the deliveries. */
export function showDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    webhook_id: row.webhook_id,
    event_type: row.event_type,
    call_id: row.call_id,
    message_id: row.message_id,
    parent_delivery_id: row.parent_delivery_id,
    status: row.status,
    created_at: row.created_at.toISOString(),
    next_attempt_at: row.status === 'pending' ? row.due_at.toISOString() : null,
    delivered_at: isoOrNull(row.delivered_at),
    attempts: row.attempts,
    response_body: row.response_body,
  };
}
