/** What the domain asks of the database about outgoing webhooks. Every method is one transaction. */
import type {
  WebhookAttempt,
  WebhookCallEvent,
  WebhookTransfer,
} from '../../../sdk/wire/webhook.js';
import type { CallRow } from './rows.js';
import type { RowPage, RowPageRequest } from './store.js';
import type { DeliveryRow, WebhookRow } from './webhook-rows.js';

/** An event of a call that its workspace's endpoints are owed. */
export interface OwedEvent {
  event_type: WebhookCallEvent;
  /** When it is to be sent. */
  due_at: Date;
  detail?: WebhookTransfer;
}

/** Which deliveries of an endpoint. */
export interface DeliveryFilters {
  event_type?: readonly string[] | undefined;
  status?: readonly string[] | undefined;
  call_id?: readonly string[] | undefined;
  start_date?: string | undefined;
  end_date?: string | undefined;
}

/** A delivery that this process may send, and where to. */
export interface ClaimedDelivery {
  delivery: DeliveryRow;
  webhook: WebhookRow;
}

/** What an attempt, or the lack of one, changes. */
export interface DeliverySettlement {
  /** Appended to the others. */
  attempt?: WebhookAttempt;
  changes: Partial<Pick<DeliveryRow, 'status' | 'due_at' | 'response_body' | 'delivered_at'>>;
  /** Of the endpoint. `failures` counts from here. */
  webhook?: Partial<WebhookRow>;
}

/** Endpoints and what they are owed. */
export interface WebhookStore {
  /** `false`: the workspace has `most` of them already. */
  insertWebhook(row: WebhookRow, most: number): Promise<boolean>;
  findWebhook(workspaceId: string, webhookId: string): Promise<WebhookRow | null>;
  listWebhooks(workspaceId: string, page: RowPageRequest): Promise<RowPage<WebhookRow>>;
  /**
   * Holds the endpoint, lets `change` decide, writes. What `change` throws is thrown on. `sendsAtOnce`: what is pending
   * is due then. `null`: there is no such endpoint here.
   */
  changeWebhook(
    workspaceId: string,
    webhookId: string,
    change: (webhook: WebhookRow) => Partial<WebhookRow>,
    sendsAtOnce?: Date,
  ): Promise<WebhookRow | null>;

  /**
   * Claims deliveries that are due for `ttlMs` of the database's clock: of one call and endpoint none before the earlier
   * ones are done, of one endpoint `perWebhook` at a time, and one while it fails.
   */
  claimDeliveries(
    holder: string,
    now: Date,
    limits: { limit: number; perWebhook: number; ttlMs: number },
  ): Promise<ClaimedDelivery[]>;
  /**
   * Ends the claim; changes nothing when it is another's by now. `keepsAnswer` decides by the call as it is when this is written:
   * it may have been erased since the endpoint was asked.
   */
  settleDelivery(
    claimed: ClaimedDelivery,
    settlement: DeliverySettlement,
    keepsAnswer?: (call: CallRow) => boolean,
  ): Promise<void>;
  listDeliveries(
    webhookId: string,
    filters: DeliveryFilters,
    page: RowPageRequest,
  ): Promise<RowPage<DeliveryRow>>;
  findDelivery(webhookId: string, deliveryId: string): Promise<DeliveryRow | null>;
  /** Owes again what matches and is not pending, each event once, in the first order; `null`: it is more than `most`. */
  redeliver(
    webhookId: string,
    which: { delivery_id: string } | DeliveryFilters,
    now: Date,
    most: number,
  ): Promise<DeliveryRow[] | null>;
  /** Gives up what is pending since before `givenUp`, and deletes what was owed before `forgotten`. */
  tidyDeliveries(givenUp: Date, forgotten: Date): Promise<void>;
}
