/** What the trace of a call says of an attempt to deliver a webhook. Pure, but for a new id. */
import type { DeliveryRow, WebhookRow } from '../ports/webhook-rows.js';
import type { SpanRecord } from '../ports/tracer.js';
import type { WebhookAnswer } from '../ports/webhook-sender.js';
import { newSpanId } from './call-trace.js';
import type { CallTrace } from './call-trace.js';

/** Of the address only the host: paths and queries hold secrets at times. `hasFailed`: it is to be tried again. */
export function deliverySpan(
  { traceId, rootSpanId }: CallTrace,
  { delivery, webhook }: { delivery: DeliveryRow; webhook: Pick<WebhookRow, 'id' | 'url'> },
  answer: WebhookAnswer,
  { began, hasFailed }: { began: Date; hasFailed: boolean },
): SpanRecord {
  return {
    trace_id: traceId,
    span_id: newSpanId(),
    parent_span_id: rootSpanId,
    name: `webhook ${delivery.event_type}`,
    kind: 'client',
    started_at: began,
    ended_at: new Date(began.getTime() + answer.durationMs),
    attributes: {
      'dialnexa.webhook.id': webhook.id,
      'dialnexa.delivery.id': delivery.id,
      'dialnexa.delivery.attempt': delivery.attempts.length + 1,
      'http.request.method': 'POST',
      'http.response.status_code': answer.status,
      'server.address': new URL(webhook.url).hostname,
    },
    error: hasFailed ? String(answer.status ?? 'no_answer') : null,
  };
}
