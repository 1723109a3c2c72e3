/** Writes what a workspace's webhooks are owed, within the transaction that it is owed for. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { webhookDeliveries, webhooks } from './webhook-tables.js';
import type { CallRow, TransferRow } from '../domain/ports/rows.js';
import type { OwedEvent } from '../domain/ports/webhook-store.js';
import type { Database } from './database.js';

/** How long the last words of a call that was answered may take to arrive. */
const LAST_WORDS_MS = 5_000;

/** What a change of a call owes: its beginning, its end, and each transfer that was kept. */
export function owedByChange(
  before: CallRow,
  after: CallRow,
  transfers: readonly TransferRow[],
  now: Date,
): OwedEvent[] {
  const begins = before.started_at === null && after.started_at !== null;
  const ends = before.ended_at === null && after.ended_at !== null;
  const lastWords = after.answered_at ? LAST_WORDS_MS : 0;
  return [
    ...(begins ? [{ event_type: 'call_initiated', due_at: now } as const] : []),
    ...(ends
      ? [{ event_type: 'call_ended', due_at: new Date(now.getTime() + lastWords) } as const]
      : []),
    ...transfers.map(({ at, to, status }) => ({
      event_type: 'transfer_completed' as const,
      due_at: at,
      detail: { destination: to.agent_name, destination_id: to.agent_id, status },
    })),
  ];
}

/** One statement, which for a workspace without webhooks reads one index and writes nothing. */
export async function oweEvent(
  tx: Database,
  call: Pick<CallRow, 'id' | 'workspace_id'>,
  { event_type: event, due_at: due, detail }: OwedEvent,
  now: Date,
): Promise<void> {
  const message = `msg_${randomUUID().replaceAll('-', '')}`;
  const about = detail === undefined ? null : JSON.stringify(detail);
  await tx.execute(sql`
    insert into ${webhookDeliveries}
      (id, webhook_id, call_id, event_type, message_id, detail, status, created_at, due_at, attempts)
    select 'del_' || replace(gen_random_uuid()::text, '-', ''), ${webhooks.id}, ${call.id}, ${event},
      ${message}, ${about}::jsonb, 'pending', ${now.toISOString()}::timestamptz,
      ${due.toISOString()}::timestamptz, '[]'::jsonb
    from ${webhooks}
    where ${webhooks.workspace_id} = ${call.workspace_id} and ${webhooks.deleted_at} is null
      and ${event} = any(${webhooks.events})`);
}
