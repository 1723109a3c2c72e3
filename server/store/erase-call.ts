/** Erases what was said in a call, and calls as a whole. */
import { and, eq, isNotNull, ne, lt, gt, sql } from 'drizzle-orm';
import {
  callEvidence,
  callFunctions,
  callTransfers,
  callWords,
  calls,
  timeline,
  turns,
} from './schema.js';
import { webhookDeliveries } from './webhook-tables.js';
import type { CallPart } from '../domain/ports/erasure-store.js';
import type { CallRow } from '../domain/ports/rows.js';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Database } from './database.js';

/** The columns that go with each part. What a call is found by goes with them, by triggers. */
const CLEARED: Record<Exclude<CallPart, 'record'>, PgUpdateSetSource<typeof calls>> = {
  recording: { recording_status: 'erased', recording_bytes: 0, recording_sample_rate: null },
  transcript: { turn_count: 0 },
  analysis: {
    summary: null,
    json_output: null,
    sentiment: 'unknown',
    analysis: null,
    analysis_status: 'none',
  },
  sensitive: {
    sensitive_delete: true,
    variables: {},
    // An address may hold anything, in its path as well.
    route: sql`jsonb_set(${calls.route}, '{page_url}', 'null')`,
  },
};

/** Erases these parts of a call whose row is held. */
export async function eraseParts(
  tx: Database,
  callId: string,
  parts: readonly CallPart[],
): Promise<void> {
  if (parts.includes('record')) {
    await tx.delete(webhookDeliveries).where(eq(webhookDeliveries.call_id, callId));
    await tx.delete(turns).where(eq(turns.call_id, callId));
    await tx.delete(timeline).where(eq(timeline.call_id, callId));
    await tx.delete(calls).where(eq(calls.id, callId));
    return;
  }
  if (parts.includes('transcript')) await eraseWords(tx, callId);
  if (parts.includes('sensitive')) await eraseEvidence(tx, callId);
  const changes = Object.assign(
    {},
    ...parts.map((part) => CLEARED[part as keyof typeof CLEARED]),
  ) as object;
  await tx.update(calls).set(changes).where(eq(calls.id, callId));
}

async function eraseWords(tx: Database, callId: string): Promise<void> {
  await tx.delete(turns).where(eq(turns.call_id, callId));
  await tx
    .update(callFunctions)
    .set({ arguments: null, answer: null, error: null })
    .where(eq(callFunctions.call_id, callId));
  await tx
    .update(callTransfers)
    .set({ reason: null, error: null })
    .where(eq(callTransfers.call_id, callId));
  // What agents note on the timeline may be words of the caller.
  await tx
    .update(timeline)
    .set({ detail: {} })
    .where(and(eq(timeline.call_id, callId), eq(timeline.source, 'agent')));
  await tx
    .update(webhookDeliveries)
    .set({ response_body: null })
    .where(eq(webhookDeliveries.call_id, callId));
}

async function eraseEvidence(tx: Database, callId: string): Promise<void> {
  await tx
    .update(callEvidence)
    .set({
      client: null,
      feedback: sql`case when ${callEvidence.feedback} is null then null else ${callEvidence.feedback} || '{"comment": null}' end`,
    })
    .where(eq(callEvidence.call_id, callId));
}

/** Calls of a workspace that ended before `before` and still have that part, found without those that have it no more. */
export async function findErasable(
  db: Database,
  workspaceId: string,
  part: CallPart,
  before: Date,
  limit: number,
): Promise<CallRow['id'][]> {
  if (part === 'transcript') return findSaid(db, workspaceId, before, limit);
  const has = {
    recording: gt(calls.recording_bytes, 0),
    analysis: ne(calls.analysis_status, 'none'),
    sensitive: undefined,
    record: undefined,
  }[part];
  const rows = await db
    .select({ id: calls.id })
    .from(calls)
    .where(
      and(
        eq(calls.workspace_id, workspaceId),
        isNotNull(calls.ended_at),
        lt(calls.ended_at, before),
        has,
      ),
    )
    .orderBy(calls.ended_at)
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** By what was said in them: an index on the turns of calls would slow every turn. */
async function findSaid(
  db: Database,
  workspaceId: string,
  before: Date,
  limit: number,
): Promise<CallRow['id'][]> {
  const rows = await db
    .select({ id: callWords.call_id })
    .from(callWords)
    .innerJoin(calls, eq(calls.id, callWords.call_id))
    .where(
      and(
        eq(callWords.workspace_id, workspaceId),
        lt(callWords.created_at, before),
        lt(calls.ended_at, before),
      ),
    )
    .orderBy(callWords.created_at)
    .limit(limit);
  return rows.map(({ id }) => id);
}
