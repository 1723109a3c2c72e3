/** Counts calls for statistics: in the database, by few groups, so that few rows are read however many calls there are. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { filterConditions, spanConditions } from './call-filter.js';
import { saidConditions } from './list-calls.js';
import { expectedRows, rawRows } from './raw-rows.js';
import { agents, agentVersions, callWords } from './schema.js';
import type { SQL } from 'drizzle-orm';
import type {
  CallSelection,
  CountedBy,
  CountedCalls,
  CountedFindings,
  CountedHistory,
  CountedLatencies,
} from '../domain/ports/history-store.js';
import type { Database } from './database.js';

/** Latencies are counted by the power of this nearest to them. */
const STEP = 1.02;

/** Beyond so many calls no count is exact. */
const MOST_COUNTED = 10_000;

/** All that a selection demands of a row of `call_list`. */
export function selected(workspaceId: string, filters: CallSelection): SQL | undefined {
  const { q } = filters;
  return and(
    spanConditions(workspaceId, filters),
    filterConditions(filters),
    q === undefined
      ? undefined
      : sql`id in (select ${callWords.call_id} from call_words where ${saidConditions(workspaceId, filters, q)})`,
  );
}

/** Counts to a bound; beyond it asks the planner, whose statistics of the table tell roughly. */
export async function countMatches(
  db: Database,
  workspaceId: string,
  filters: CallSelection,
): Promise<{ total: number; is_exact: boolean }> {
  const where = selected(workspaceId, filters);
  const some = sql`select 1 from call_list where ${where} limit ${MOST_COUNTED + 1}`;
  const [row] = await rawRows<{ n: number }>(
    db,
    sql`select count(*)::int as n from (${some}) as found`,
  );
  const counted = row?.n ?? 0;
  if (counted <= MOST_COUNTED) return { total: counted, is_exact: true };
  const expected = await expectedRows(db, sql`select 1 from call_list where ${where}`);
  return { total: Math.max(counted, expected), is_exact: false };
}

/** Three statements at once, where the database has a connection for each. */
export async function countHistory(
  db: Database,
  workspaceId: string,
  filters: CallSelection,
  { interval, timeZone }: CountedBy,
): Promise<CountedHistory> {
  const where = selected(workspaceId, filters);
  const local = sql`date_trunc(${sql.raw(`'${interval}'`)}, created_at at time zone ${timeZone})`;
  const keys = sql`select ${local} as time, agent_version_id as version, origin`;
  const group = (columns: SQL): SQL =>
    sql`group by grouping sets ((time, ${columns}), (version, ${columns}), (origin, ${columns}))`;
  const named = sql`case when grouping(time) = 0 then 'time' when grouping(version) = 0 then 'version' else 'origin' end as dimension,
    case when grouping(time) = 0 then (extract(epoch from time at time zone ${timeZone}) * 1000)::bigint::text when grouping(version) = 0 then version else origin end as key`;
  const from = (columns: SQL, more = sql``): SQL =>
    sql`from (${keys}, ${columns} from call_list ${more} where ${where}) as picked`;
  const outcome = sql`status, end_reason`;
  const bin = sql`case when latency_ms is not null then round(ln(greatest(latency_ms, 1)) / ${Math.log(STEP)}::float8)::int end as bin`;
  const [outcomes, bins, findings] = await Promise.all([
    rawRows<CountedCalls>(
      db,
      sql`select ${named}, ${outcome}, count(*)::int as calls, coalesce(sum(duration_ms), 0)::float8 as duration_ms, sum(cost) as cost
        ${from(sql`${outcome}, duration_ms, cost`)} ${group(outcome)}`,
    ),
    rawRows<Pick<CountedLatencies, 'dimension' | 'key'> & { bins: number[]; counts: number[] }>(
      db,
      sql`select dimension, key, array_agg(bin) as bins, array_agg(calls) as counts
        from (select ${named}, bin, count(*)::int as calls ${from(bin)} where bin is not null ${group(sql`bin`)}) as counted group by dimension, key`,
    ),
    rawRows<CountedFindings>(
      db,
      sql`select ${named}, code, count(*)::int as calls ${from(sql`code`, sql`cross join unnest(findings) as code`)} ${group(sql`code`)}`,
    ),
  ]);
  const latencies = bins.flatMap(({ dimension, key, bins: powers, counts }) =>
    powers.map((power, n) => ({
      dimension,
      key,
      latency_ms: STEP ** power,
      calls: counts[n] ?? 0,
    })),
  );
  const ids = outcomes.flatMap(({ dimension, key }) => (dimension === 'version' && key ? key : []));
  return { outcomes, latencies, findings, versions: await versionsOf(db, [...new Set(ids)]) };
}

async function versionsOf(db: Database, ids: string[]): Promise<CountedHistory['versions']> {
  if (ids.length === 0) return [];
  return db
    .select({
      id: agentVersions.id,
      agent_id: agentVersions.agent_id,
      agent_name: agents.title,
      number: agentVersions.version_number,
      title: agentVersions.version_title,
    })
    .from(agentVersions)
    .innerJoin(agents, eq(agents.id, agentVersions.agent_id))
    .where(inArray(agentVersions.id, ids));
}
