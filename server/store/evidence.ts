/** Queries on what is known of a call beside its words: see `EvidenceRow`. */
import { asc, count, eq, getTableColumns, sql } from 'drizzle-orm';
import { callEvidence, callFunctions, callTransfers, calls } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { EvidenceRow, FunctionRow, TransferRow, WholeEvidence } from '../domain/ports/rows.js';
import type { CallChange } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Most rows that are stored of one call. */
const MAX_FUNCTIONS = 500;
const MAX_TRANSFERS = 100;

const { call_id: _callId, ...COLUMNS } = getTableColumns(callEvidence);
const NONE: EvidenceRow = {
  client: null,
  audio_cache: null,
  usage: null,
  cost: null,
  feedback: null,
  trace_id: null,
};

/** One query for all of it. */
export async function findEvidence(db: Database, callId: string): Promise<WholeEvidence> {
  const [row] = await db
    .select({
      ...COLUMNS,
      functions: rowsOf(callFunctions, callId).as('functions'),
      transfers: rowsOf(callTransfers, callId).as('transfers'),
    })
    .from(calls)
    .leftJoin(callEvidence, eq(callEvidence.call_id, calls.id))
    .where(eq(calls.id, callId));
  if (!row) return { ...NONE, functions: [], transfers: [] };
  const { functions, transfers, ...rest } = row;
  return {
    ...rest,
    functions: functions.map((one) => fromJson<FunctionRow>(one)),
    transfers: transfers.map((one) => fromJson<TransferRow>(one)),
  };
}

/** The transfers alone: functions may be long. */
export async function listTransfers(db: Database, callId: string): Promise<TransferRow[]> {
  const { position, ...columns } = getTableColumns(callTransfers);
  return db
    .select(columns)
    .from(callTransfers)
    .where(eq(callTransfers.call_id, callId))
    .orderBy(asc(callTransfers.at), asc(position));
}

/** Without functions and transfers. */
export async function findEvidenceRow(tx: Database, callId: string): Promise<EvidenceRow> {
  const [row] = await tx.select(COLUMNS).from(callEvidence).where(eq(callEvidence.call_id, callId));
  return row ?? NONE;
}

/** Writes what a change adds, and answers the transfers that were kept. The call's row is locked. */
export async function writeEvidence(
  tx: Database,
  callId: string,
  { evidence = {}, functions = [], transfers = [] }: CallChange,
): Promise<TransferRow[]> {
  if (Object.keys(evidence).length > 0) {
    await tx
      .insert(callEvidence)
      .values({ call_id: callId, ...evidence })
      .onConflictDoUpdate({ target: callEvidence.call_id, set: evidence });
  }
  if (functions.length > 0) {
    const room = MAX_FUNCTIONS - (await countOf(tx, callFunctions, callId));
    const kept = functions.slice(0, Math.max(0, room));
    if (kept.length > 0) await tx.insert(callFunctions).values(kept);
  }
  if (transfers.length === 0) return [];
  const room = MAX_TRANSFERS - (await countOf(tx, callTransfers, callId));
  const kept = transfers.slice(0, Math.max(0, room));
  if (kept.length > 0) await tx.insert(callTransfers).values(kept);
  return kept;
}

/** Moves functions and transfers that were reported after the end of the call back to it. */
export async function endEvidence(tx: Database, callId: string, end: Date): Promise<void> {
  const late = sql`where call_id = ${callId} and at > ${end.toISOString()}::timestamptz`;
  const moved = sql`set at = ${end.toISOString()}::timestamptz ${late}`;
  await tx.execute(
    sql`with functions as (update ${callFunctions} ${moved}) update ${callTransfers} ${moved}`,
  );
}

type RowTable = typeof callFunctions | typeof callTransfers;

async function countOf(tx: Database, table: RowTable, callId: string): Promise<number> {
  const [row] = await tx.select({ total: count() }).from(table).where(eq(table.call_id, callId));
  return row?.total ?? 0;
}

/** The rows of a call as one JSON array, in order. */
function rowsOf(table: RowTable, callId: string): SQL<Record<string, unknown>[]> {
  return sql`(select coalesce(json_agg(one order by one.at, one.position), '[]'::json) from ${table} one where one.call_id = ${callId})`;
}

/** A row as the driver would have read it: JSON has no `Date`. */
function fromJson<T extends FunctionRow | TransferRow>(one: Record<string, unknown>): T {
  const { position: _position, at, ...row } = one;
  return { ...row, at: new Date(String(at)) } as T;
}
