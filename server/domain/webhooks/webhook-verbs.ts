/** Registering, changing, pausing and deleting endpoints, and their secrets. */
import type { Page } from '../../../sdk/wire/call.js';
import type {
  CreateWebhookRequest,
  CreatedWebhook,
  PauseWebhookRequest,
  RotateWebhookRequest,
  UpdateWebhookRequest,
  Webhook,
  WebhookTest,
} from '../../../sdk/wire/webhook.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import type { Principal } from '../keys/principal.js';
import { pageLimit } from '../page-limit.js';
import type { PageRequest } from '../page-limit.js';
import type { DomainPorts } from '../ports/domain-ports.js';
import type { WebhookRow } from '../ports/webhook-rows.js';
import { showWebhook } from './show-webhook.js';
import { verify } from './verify-endpoint.js';
import { newWebhookSecret, rotated, validSecrets } from './webhook-secret.js';
import { readWebhookUrl } from './webhook-url.js';

/** Endpoints of one workspace. */
const MOST_WEBHOOKS = 20;
/** Secrets of one endpoint that sign at once. */
const MOST_SECRETS = 5;
const OVERLAP_SEC = 24 * 3_600;
const ALL_EVENTS: WebhookRow['events'] = [
  'call_initiated',
  'call_ended',
  'call_analyzed',
  'transfer_completed',
];

/** Verifies the address and keeps it; the secret is in this answer and nowhere else. Throws `validation_failed` or `conflict`. */
export async function createWebhook(
  ports: DomainPorts,
  principal: Principal,
  request: CreateWebhookRequest,
): Promise<CreatedWebhook> {
  const now = ports.clock.now();
  const secret = request.secret ?? newWebhookSecret();
  const url = await verifiedUrl(ports, request.url, [secret]);
  const row: WebhookRow = {
    id: newId('wh'),
    workspace_id: principal.workspaceId,
    url,
    description: request.description ?? '',
    events: [...new Set(request.events ?? ALL_EVENTS)],
    secrets: [{ secret, expires_at: null }],
    status: 'active',
    paused_at: null,
    pause_reason: null,
    pause_note: null,
    failures: 0,
    last_attempt_at: null,
    last_response_status: null,
    last_success_at: null,
    created_at: now,
    updated_at: now,
    deleted_at: null,
  };
  if (!(await ports.store.insertWebhook(row, MOST_WEBHOOKS))) {
    throw DomainError.conflict(`A workspace has at most ${MOST_WEBHOOKS} webhooks. Delete one.`);
  }
  return { ...showWebhook(row, now), secret };
}

/** The workspace's endpoints, newest first. */
export async function listWebhooks(
  ports: DomainPorts,
  { workspaceId }: Principal,
  page: PageRequest,
): Promise<Page<Webhook>> {
  const { rows, cursor } = await ports.store.listWebhooks(workspaceId, pageLimit(page));
  const now = ports.clock.now();
  return { data: rows.map((row) => showWebhook(row, now)), next_cursor: cursor };
}

/** Throws `not_found`. */
export async function getWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
): Promise<Webhook> {
  return showWebhook(await findWebhook(ports, principal, webhookId), ports.clock.now());
}

/** Verifies another address before it is kept. Throws `not_found` or `validation_failed`. */
export async function updateWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  { url, events, description }: UpdateWebhookRequest,
): Promise<Webhook> {
  const before = await findWebhook(ports, principal, webhookId);
  const now = ports.clock.now();
  const isOther = url !== undefined && url !== before.url;
  const kept = isOther ? await verifiedUrl(ports, url, validSecrets(before.secrets, now)) : null;
  return change(ports, principal, webhookId, () => ({
    ...(kept === null ? {} : { url: kept }),
    ...(events === undefined ? {} : { events: [...new Set(events)] }),
    ...(description === undefined ? {} : { description }),
  }));
}

/** Nothing is sent any more, at once. Safe to repeat until it is forgotten. Throws `not_found`. */
export async function deleteWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
): Promise<Webhook> {
  return change(ports, principal, webhookId, () => ({ deleted_at: ports.clock.now() }));
}

/** A new secret, in this answer and nowhere else; those before it go on for a while. Throws `not_found` or `conflict`. */
export async function rotateWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  request: RotateWebhookRequest,
): Promise<CreatedWebhook> {
  const secret = request.secret ?? newWebhookSecret();
  const shown = await change(ports, principal, webhookId, ({ secrets }) => {
    const overlap = request.overlap_sec ?? OVERLAP_SEC;
    const all = rotated(secrets, secret, overlap, ports.clock.now());
    if (all.length > MOST_SECRETS) {
      throw DomainError.conflict(
        `${MOST_SECRETS} secrets of this webhook are valid. Wait until one expires, or rotate with overlap_sec 0.`,
      );
    }
    return { secrets: all };
  });
  return { ...shown, secret };
}

/** Sends nothing until it is resumed. Throws `not_found`. */
export async function pauseWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
  { note }: PauseWebhookRequest,
): Promise<Webhook> {
  return change(ports, principal, webhookId, (webhook) =>
    webhook.status === 'paused'
      ? {}
      : {
          status: 'paused',
          paused_at: ports.clock.now(),
          pause_reason: 'operator',
          pause_note: note ?? 'Paused by a request.',
        },
  );
}

/** Sends again, at once what has been owed for less than a day. Throws `not_found`. */
export async function resumeWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
): Promise<Webhook> {
  const resumed = {
    status: 'active',
    paused_at: null,
    pause_reason: null,
    pause_note: null,
    failures: 0,
  } as const;
  return change(ports, principal, webhookId, () => resumed, ports.clock.now());
}

/** Sends a `verification` now, paused or not, and answers what came of it. Throws `not_found`. */
export async function testWebhook(
  ports: DomainPorts,
  principal: Principal,
  webhookId: string,
): Promise<WebhookTest> {
  const { url, secrets } = await findWebhook(ports, principal, webhookId);
  return verify(ports, url, validSecrets(secrets, ports.clock.now()));
}

/** An endpoint of this workspace. Throws `not_found`. */
export async function findWebhook(
  { store }: DomainPorts,
  { workspaceId }: Principal,
  webhookId: string,
): Promise<WebhookRow> {
  const row = await store.findWebhook(workspaceId, webhookId);
  if (!row) throw DomainError.notFound('webhook');
  return row;
}

async function change(
  ports: DomainPorts,
  { workspaceId }: Principal,
  webhookId: string,
  decide: (webhook: WebhookRow) => Partial<WebhookRow>,
  sendsAtOnce?: Date,
): Promise<Webhook> {
  const now = ports.clock.now();
  const changes = (webhook: WebhookRow) => ({ ...decide(webhook), updated_at: now });
  const row = await ports.store.changeWebhook(workspaceId, webhookId, changes, sendsAtOnce);
  if (!row) throw DomainError.notFound('webhook');
  return showWebhook(row, now);
}

/** The address as it is kept. Throws `validation_failed` when it may not be called, or does not answer as it must. */
async function verifiedUrl(
  ports: DomainPorts,
  text: string,
  secrets: readonly string[],
): Promise<string> {
  const reading = readWebhookUrl(text, ports.webhooks.allowsPrivate);
  if ('fault' in reading) throw DomainError.validationFailed([`${reading.fault}.`]);
  const { is_success: isVerified, error } = await verify(ports, reading.url, secrets);
  if (isVerified) return reading.url;
  throw DomainError.validationFailed([
    `url: the verification was not answered with a 2xx. ${error}`,
  ]);
}
