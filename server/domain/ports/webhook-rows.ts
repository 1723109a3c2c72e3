/** Rows of outgoing webhooks as the store keeps them. */
import type {
  WebhookCallEvent,
  WebhookAttempt,
  WebhookDelivery,
  WebhookStatus,
  WebhookPauseReason,
  WebhookTransfer,
} from '../../../sdk/wire/webhook.js';

/** A secret of an endpoint: kept as it is, because it signs. */
export interface WebhookSecret {
  /** `whsec_…`. */
  secret: string;
  /** ISO 8601; `null`: the present one, which signs without end. */
  expires_at: string | null;
}

/** An endpoint of a customer. */
export interface WebhookRow {
  id: string;
  workspace_id: string;
  url: string;
  description: string;
  events: WebhookCallEvent[];
  /** The newest first; every one that has not expired signs. */
  secrets: WebhookSecret[];
  status: WebhookStatus;
  paused_at: Date | null;
  pause_reason: WebhookPauseReason | null;
  pause_note: string | null;
  /** Attempts in a row that failed, of whatever delivery. */
  failures: number;
  last_attempt_at: Date | null;
  last_response_status: number | null;
  last_success_at: Date | null;
  created_at: Date;
  updated_at: Date;
  /** A deleted one stays until its deliveries are gone. */
  deleted_at: Date | null;
}

/** One event that is owed to one endpoint. Its body is made from the call's record when it is sent. */
export interface DeliveryRow {
  id: string;
  /** The order in which events of a call were owed. */
  position: number;
  webhook_id: string;
  call_id: string;
  event_type: WebhookCallEvent;
  /** `webhook-id`: the same for every endpoint, attempt and redelivery of one event. */
  message_id: string;
  parent_delivery_id: string | null;
  /** What the event tells beside the call. */
  detail: WebhookTransfer | null;
  status: WebhookDelivery['status'];
  created_at: Date;
  /** When it is to be sent, or sent again. */
  due_at: Date;
  /** The process that sends it now, and until when nobody else does. */
  claimed_by: string | null;
  claimed_until: Date | null;
  attempts: WebhookAttempt[];
  /** The last answer, as far as it is kept. */
  response_body: string | null;
  delivered_at: Date | null;
}
