/** Delivers what is owed: claims it in the database, sends it, and keeps what came of it. */
import { newId } from '../ids.js';
import { keepsWords } from '../keeps-words.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { WholeCallRow } from '../ports/rows.js';
import type { DeliveryRow, WebhookRow } from '../ports/webhook-rows.js';
import type { WebhookAnswer } from '../ports/webhook-sender.js';
import type { ClaimedDelivery, DeliverySettlement } from '../ports/webhook-store.js';
import { traceOf } from '../tracing/call-trace.js';
import { deliverySpan } from '../tracing/delivery-span.js';
import { OWED_MS, nextAttempt } from './retry-plan.js';
import { signedHeaders } from './sign-delivery.js';
import { faultOf } from './verify-endpoint.js';
import { webhookBody } from './webhook-body.js';
import { validSecrets } from './webhook-secret.js';

/** Of one process at once, without those that have waited for their answer for longer than `SLOW_MS`. */
const MOST_AT_ONCE = 32;
/** With these. */
const MOST_UNDER_WAY = 512;
/** Waiting costs little: an endpoint that hangs leaves its place to others. */
const SLOW_MS = 1_000;
/** To one endpoint at once, from all processes together. */
const PER_WEBHOOK = 8;
/** Longer than a delivery takes: when it is over, the process that sent it is gone. */
const CLAIM_MS = 15_000;
/** How long the end of a call waits for its recording, and how often it looks. */
const RECORDING_MS = 60_000;
const LOOK_AGAIN_MS = 2_000;
const KEEP_MS = 30 * OWED_MS;
const GONE = 410;

/** The deliveries of this process. */
export interface WebhookDeliveries {
  /** Begins whatever is due and goes on as places become free; resolves when nothing more can begin now, which is before all is done. */
  round(): Promise<void>;
  /** Gives up what has been owed for too long, and forgets what is old. */
  tidy(): Promise<void>;
  /** Resolves when nothing is under way any more. What is cut off is sent again by another process. */
  stop(): Promise<void>;
}

/** Nothing is under way at first. */
export function createWebhookDeliveries(ports: DomainPorts): WebhookDeliveries {
  const holder = newId('del');
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let slow = 0;
  let round: Promise<void> | null = null;
  let following: Promise<void> | null = null;

  const begin = (claimed: ClaimedDelivery): void => {
    let isSlow = false;
    const slowing = setTimeout(() => {
      isSlow = true;
      slow += 1;
      nextRound().catch(() => undefined);
    }, SLOW_MS);
    // What cannot be written now is sent again when the claim is over.
    const sending = deliver(ports, claimed, stopping.signal)
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(slowing);
        if (isSlow) slow -= 1;
        underWay.delete(sending);
      })
      // Another may take its place: an endpoint that is owed much waits for no clock.
      .then(nextRound)
      .catch(() => undefined);
    underWay.add(sending);
  };
  const beginDue = async (): Promise<void> => {
    const limit = Math.min(MOST_AT_ONCE + slow, MOST_UNDER_WAY) - underWay.size;
    if (limit <= 0 || stopping.signal.aborted) return;
    const limits = { limit, perWebhook: PER_WEBHOOK, ttlMs: CLAIM_MS };
    const claimed = await ports.store.claimDeliveries(holder, ports.clock.now(), limits);
    claimed.forEach(begin);
  };
  /**
   * One at a time, so that none counts places that another is about to take. Who asks during one may know of what it has not seen, and
   * gets the one after it.
   */
  const nextRound = (): Promise<void> => {
    if (round) {
      following ??= round
        .catch(() => undefined)
        .then(() => {
          following = null;
          return nextRound();
        });
      return following;
    }
    round = beginDue().finally(() => {
      round = null;
    });
    return round;
  };

  return {
    round: nextRound,
    tidy: () => {
      const now = ports.clock.now().getTime();
      return ports.store.tidyDeliveries(new Date(now - OWED_MS), new Date(now - KEEP_MS));
    },
    stop: async () => {
      stopping.abort();
      await round?.catch(() => undefined);
      await Promise.all(underWay);
    },
  };
}

async function deliver(
  ports: DomainPorts,
  claimed: ClaimedDelivery,
  signal: AbortSignal,
): Promise<void> {
  const { delivery, webhook } = claimed;
  const at = ports.clock.now();
  const call = await ports.store.findWholeCall(delivery.call_id);
  if (call && isUnfinished(delivery, call, at)) {
    const due_at = new Date(at.getTime() + LOOK_AGAIN_MS);
    await ports.store.settleDelivery(claimed, { changes: { due_at } });
    return;
  }
  const body = await webhookBody(ports, delivery, call);
  if (!call || body === null) {
    await ports.store.settleDelivery(claimed, { changes: { status: 'failed' } });
    return;
  }
  const message = { id: delivery.message_id, body, at };
  const headers = signedHeaders(message, validSecrets(webhook.secrets, at));
  const answer = await ports.webhooks.send({ url: webhook.url, headers, body }, signal);
  if (signal.aborted) return;
  const trace = traceOf(ports.tracer, call.id);
  if (trace) {
    const how = { began: at, hasFailed: faultOf(answer) !== null };
    ports.tracer?.export([deliverySpan(trace, claimed, answer, how)]);
  }
  const settlement = settlementOf(claimed, answer, at, ports.clock.now());
  // An endpoint may answer with what it was told.
  await ports.store.settleDelivery(claimed, settlement, keepsWords);
}

/** The recording of a call that has just ended is still being put together. */
function isUnfinished(delivery: DeliveryRow, call: WholeCallRow, now: Date): boolean {
  const age = now.getTime() - delivery.created_at.getTime();
  const isEnd = delivery.event_type === 'call_ended' && call.recording_status === 'recording';
  return isEnd && age < RECORDING_MS;
}

/** What an answer means for the delivery and its endpoint. Pure, but for the jitter. */
function settlementOf(
  { delivery, webhook }: ClaimedDelivery,
  answer: WebhookAnswer,
  at: Date,
  now: Date,
): DeliverySettlement {
  const error = faultOf(answer);
  const attempt = {
    at: at.toISOString(),
    url: webhook.url,
    duration_ms: answer.durationMs,
    response_status: answer.status,
    error,
  };
  const seen = { last_attempt_at: at, last_response_status: answer.status };
  const response_body = answer.body;
  if (error === null) {
    return {
      attempt,
      changes: { status: 'delivered', delivered_at: now, response_body },
      webhook: { ...seen, failures: 0, last_success_at: now },
    };
  }
  const failed = { ...seen, failures: webhook.failures + 1 };
  if (answer.status === GONE) {
    const note = 'It answered 410: it is gone for good.';
    return {
      attempt,
      changes: { response_body, due_at: now },
      webhook: { ...failed, ...paused('gone', note, now) },
    };
  }
  const next = nextAttempt(delivery.attempts.length + 1, delivery.created_at, now);
  if (next) return { attempt, changes: { response_body, due_at: next }, webhook: failed };
  const hasSucceeded = webhook.last_success_at && webhook.last_success_at > delivery.created_at;
  const note = `No delivery has succeeded for a day. ${error}`;
  return {
    attempt,
    changes: { status: 'failed', response_body },
    webhook: { ...failed, ...(hasSucceeded ? {} : paused('failing', note, now)) },
  };
}

function paused(reason: 'gone' | 'failing', note: string, now: Date): Partial<WebhookRow> {
  return { status: 'paused', paused_at: now, pause_reason: reason, pause_note: note };
}
