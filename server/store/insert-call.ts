/** A call begins: what is open and what its key has used up is counted in the same step. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { apiKeys, calls, timeline, workspaces } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type { ApiKeyRow, CallRow, TimelineRow } from '../domain/ports/rows.js';
import type { CallOccupancy } from '../domain/ports/store.js';
import type { Database } from './database.js';

type Marks = Pick<Required<CallRow['route']>, 'address' | 'visitor'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Counts, asks `refuse`, and inserts unless it answers something, which is then the answer. */
export async function insertCall<T>(
  db: Database,
  call: CallRow,
  rows: TimelineRow[],
  refuse: (found: CallOccupancy) => T | null,
  former: Partial<Marks> = {},
): Promise<T | null> {
  return db.transaction(async (tx) => {
    // Holding the workspace makes counting and inserting one step for every process.
    const [held] = await tx
      .select()
      .from(workspaces)
      .leftJoin(apiKeys, eq(apiKeys.id, call.route.api_key_id ?? ''))
      .where(eq(workspaces.id, call.workspace_id))
      .for('update', { of: workspaces });
    const key = held?.api_keys ?? null;
    const counted = await countCalls(tx, call, key, former);
    const refusal = refuse({ workspace: held?.workspaces ?? null, key, ...counted });
    if (refusal !== null) return refusal;
    await tx.insert(calls).values(call);
    if (rows.length > 0) await tx.insert(timeline).values(rows);
    return null;
  });
}

/** One query. Calls of the last hours are read only for a key that has a limit of them. */
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
  const open = tx
    .select({
      total: sql<number>`count(*)::int`.as('total'),
      of_address: countOf(isOf('address')).as('of_address'),
      of_visitor: countOf(isOf('visitor')).as('of_visitor'),
      waiting: countOf(sql`${isOf('address')} and ${calls.started_at} is null`).as('waiting'),
    })
    .from(calls)
    .where(and(eq(calls.workspace_id, call.workspace_id), isNull(calls.ended_at)))
    .as('open');
  const now = call.created_at;
  const [hour, day] = [HOUR_MS, DAY_MS].map((ms) => new Date(now.getTime() - ms).toISOString());
  const since = key?.minutes_per_day != null ? day : key?.calls_per_hour != null ? hour : null;
  const isRecent = sql`${calls.created_at} > ${hour}::timestamptz`;
  const talk = sql`greatest(0, extract(epoch from coalesce(${calls.ended_at}, ${now.toISOString()}::timestamptz) - ${calls.started_at}))`;
  const used = tx
    .select({
      calls: countOf(isRecent).as('calls'),
      first_of_hour: sql`min(${calls.created_at}) filter (where ${isRecent})`
        .mapWith(calls.created_at)
        .as('first_of_hour'),
      talk_ms: sql<number>`coalesce(sum(${talk}) * 1000, 0)::float8`.as('talk_ms'),
      first_of_day: sql`min(${calls.created_at})`.mapWith(calls.created_at).as('first_of_day'),
    })
    .from(calls)
    .where(
      since === null
        ? sql`false`
        : sql`${calls.route}->>'api_key_id' = ${key?.id} and ${calls.created_at} > ${since}::timestamptz`,
    )
    .as('used');
  const [counted] = await tx
    .select()
    .from(open)
    .innerJoin(used, sql`true`);
  if (!counted) throw new Error('counting answered no row');
  return counted;
}

const countOf = (condition: SQL): SQL<number> =>
  sql<number>`(count(*) filter (where ${condition}))::int`;
