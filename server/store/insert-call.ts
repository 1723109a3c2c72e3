/**
 * Inserts a call after checking the limits on calls: counting and inserting are one transaction that locks the
 * workspace.
 */
import { and, eq, gt, isNull, not, sql } from 'drizzle-orm';
import { IS_IN_ADVANCE } from './call-filter.js';
import { apiKeys, calls, keyUsage, timeline, workspaces } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { ApiKeyRow, CallRow, TimelineRow, WholeCallRow } from '../domain/ports/rows.js';
import type { CallOccupancy } from '../domain/ports/store.js';
import type { Database } from './database.js';

/** Hashes of the caller's network address and browser, by which open calls of one caller are counted. */
type Marks = Pick<Required<CallRow['route']>, 'address' | 'visitor'>;

const HOUR_MS = 3_600_000;
/** 24 hours, and the hour in which they began: usage is stored in whole hours. */
const DAY_MS = 25 * HOUR_MS;

/**
 * Inserts the call and its timeline, unless `refuse` answers something but `null`: then inserts nothing and answers
 * that. `former` holds marks that the same caller had before.
 */
export async function insertCall<T>(
  db: Database,
  call: WholeCallRow,
  rows: TimelineRow[],
  refuse: (found: CallOccupancy) => T | null,
  former: Partial<Marks> = {},
): Promise<T | null> {
  return db.transaction(async (tx) => {
    const refusal = refuse(await holdAndCount(tx, call, former));
    if (refusal !== null) return refusal;
    await tx.insert(calls).values(call);
    if (rows.length > 0) await tx.insert(timeline).values(rows);
    return null;
  });
}

/** Locks the workspace until the transaction ends, and counts its open calls and what the call's key has used. */
export async function holdAndCount(
  tx: Database,
  call: CallRow,
  former: Partial<Marks> = {},
): Promise<CallOccupancy> {
  const [held] = await tx
    .select()
    .from(workspaces)
    .leftJoin(apiKeys, eq(apiKeys.id, call.route.api_key_id ?? ''))
    .where(eq(workspaces.id, call.workspace_id))
    .for('update', { of: workspaces });
  const key = held?.api_keys ?? null;
  const counted = await countCalls(tx, call, key, former);
  return { workspace: held?.workspaces ?? null, key, ...counted };
}

/** Counts with one query. Calls of the last hour are read for keys with `calls_per_hour` only. */
async function countCalls(
  tx: Database,
  call: CallRow,
  key: ApiKeyRow | null,
  former: Partial<Marks>,
): Promise<Pick<CallOccupancy, 'open' | 'used'>> {
  const isOf = (mark: keyof Marks): SQL => {
    const known = [call.route[mark], former[mark]].filter((one) => one !== undefined);
    if (known.length === 0) return sql`false`;
    return sql`${calls.route}->>${sql.raw(`'${mark}'`)} in ${known}`;
  };
  const keyId = key?.id ?? '';
  const isOfKey = sql`${calls.route}->>'api_key_id' = ${keyId}`;
  const now = call.created_at;
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  const lasts = sql`extract(epoch from ${now.toISOString()}::timestamptz - ${calls.started_at}) * 1000`;
  const open = tx
    .select({
      total: sql<number>`count(*)::int`.as('total'),
      of_address: countOf(isOf('address')).as('of_address'),
      of_visitor: countOf(isOf('visitor')).as('of_visitor'),
      waiting: countOf(sql`${isOf('address')} and ${calls.started_at} is null`).as('waiting'),
      talk_ms:
        sql<number>`coalesce(sum(greatest(0, ${lasts})) filter (where ${isOfKey}), 0)::float8`.as(
          'open_talk_ms',
        ),
    })
    .from(calls)
    .where(
      and(eq(calls.workspace_id, call.workspace_id), isNull(calls.ended_at), not(IS_IN_ADVANCE)),
    )
    .as('open');
  const hour = tx
    .select({
      calls: sql<number>`count(*)::int`.as('calls'),
      first: sql`min(${calls.created_at})`.mapWith(calls.created_at).as('first_of_hour'),
    })
    .from(calls)
    .where(
      key?.calls_per_hour == null
        ? sql`false`
        : and(isOfKey, gt(calls.created_at, before(HOUR_MS)), not(IS_IN_ADVANCE)),
    )
    .as('hour');
  const day = tx
    .select({
      talk_ms: sql<number>`coalesce(sum(${keyUsage.talk_ms}), 0)::float8`.as('talk_ms'),
      first: sql`min(${keyUsage.hour})`.mapWith(keyUsage.hour).as('first_of_day'),
    })
    .from(keyUsage)
    .where(and(eq(keyUsage.key_id, keyId), gt(keyUsage.hour, before(DAY_MS))))
    .as('day');
  const [counted] = await tx
    .select()
    .from(open)
    .innerJoin(hour, sql`true`)
    .innerJoin(day, sql`true`);
  if (!counted) throw new Error('counting answered no row');
  return {
    open: counted.open,
    used: {
      calls: counted.hour.calls,
      first_of_hour: counted.hour.first,
      talk_ms: counted.open.talk_ms + counted.day.talk_ms,
      first_of_day: counted.day.first,
    },
  };
}

const countOf = (condition: SQL): SQL<number> =>
  sql<number>`(count(*) filter (where ${condition}))::int`;
