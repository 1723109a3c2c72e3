/** SQL of the call history: its filters as conditions, and its sort order with the condition for the next page. */
import { and, asc, desc, eq, gt, gte, ilike, inArray, lt, lte, not, or, sql } from 'drizzle-orm';
import { calls } from './schema.js';
import type { AnyColumn, SQL } from 'drizzle-orm';
import type { CallRow } from '../domain/ports/rows.js';
import type { CallStore } from '../domain/ports/store.js';
import type { Position } from './cursor.js';

type CallFilters = Parameters<CallStore['listCalls']>[1];

/** Sort key of the order by duration, in ms: a call without a duration sorts below all others. */
const DURATION = sql<number>`coalesce(${calls.duration_ms}, -1)`;

/** SQL of `isInAdvance` in the domain: a call of LiveKit's token endpoint that nobody has joined yet. */
export const IS_IN_ADVANCE = sql`(${calls.started_at} is null and ${calls.ended_at} is null and ${calls.route}->>'entry_point' = 'livekit_token')`;

/** The conditions that a call of the workspace must meet to be listed; every filter that is given must match. */
export function callConditions(workspaceId: string, filters: CallFilters): SQL | undefined {
  const anyOf = (column: AnyColumn, values: string[] | undefined): SQL | undefined =>
    values && inArray(column, values);
  const name = filters.agent_version_name;
  return and(
    eq(calls.workspace_id, workspaceId),
    not(IS_IN_ADVANCE),
    anyOf(calls.id, filters.call_id),
    anyOf(calls.agent_id, filters.agent_id),
    anyOf(calls.agent_version_id, filters.agent_version_id),
    anyOf(calls.type, filters.type),
    anyOf(calls.call_direction, filters.call_direction),
    anyOf(calls.status, filters.status),
    anyOf(calls.end_reason, filters.end_reason),
    anyOf(calls.sentiment, filters.sentiment),
    name === undefined
      ? undefined
      : ilike(calls.agent_version_title, `%${name.replaceAll(/[\\%_]/g, '\\$&')}%`),
    filters.start_date ? gte(calls.created_at, new Date(filters.start_date)) : undefined,
    filters.end_date ? lte(calls.created_at, new Date(filters.end_date)) : undefined,
    bound(gte, calls.duration_ms, filters.duration_min),
    bound(lte, calls.duration_ms, filters.duration_max),
    bound(gt, calls.duration_ms, filters.duration_greater_than),
    bound(lt, calls.duration_ms, filters.duration_less_than),
    bound(gte, calls.latency_ms, filters.latency_min),
    bound(lte, calls.latency_ms, filters.latency_max),
  );
}

/** The sort order of the list: its name in cursors, and the condition that a row comes after a position. */
export function callOrder(filters: CallFilters): {
  name: string;
  orderBy: SQL[];
  beyond(position: Position): SQL | undefined;
  position(row: CallRow): Position;
} {
  const name = `${filters.sort_by ?? 'created_at'}.${filters.sort_order ?? 'desc'}`;
  const byDuration = filters.sort_by === 'duration';
  const direction = filters.sort_order === 'asc' ? asc : desc;
  const past = filters.sort_order === 'asc' ? gt : lt;
  const key = byDuration ? DURATION : sql`${calls.created_at}`;
  return {
    name,
    orderBy: [direction(key), direction(calls.id)],
    beyond: ({ value, id }) => {
      const at = byDuration ? sql`${value}` : sql`${new Date(value).toISOString()}::timestamptz`;
      return or(past(key, at), and(eq(key, at), past(calls.id, id)));
    },
    position: (row) => ({
      value: byDuration ? (row.duration_ms ?? -1) : row.created_at.getTime(),
      id: row.id,
      order: name,
    }),
  };
}

function bound(compare: typeof gte, column: AnyColumn, value: number | undefined): SQL | undefined {
  return value === undefined ? undefined : compare(column, value);
}
